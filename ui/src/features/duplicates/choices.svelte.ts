import type { MergeChoice, MergeField, Pair, PersonCard } from "../../api";

/** One of the two records of a pair, as they stand on the screen: left and right. */
export type Which = "one" | "other";

export const FIELDS: { field: MergeField; name: string }[] = [
  { field: "first_name", name: "First name" },
  { field: "last_name", name: "Last name" },
  { field: "mobile", name: "Mobile" },
  { field: "email", name: "Email" },
  { field: "postcode", name: "Postcode" },
  { field: "language", name: "Language" },
];

export function nameOf({ first_name, last_name }: PersonCard): string {
  return `${first_name} ${last_name}`.trim() || "No name";
}

/** The pair, whatever order its two come in. */
export function keyOf({ one, other }: Pair): string {
  return [one.id, other.id].sort().join(" ");
}

/** Which of two records is kept, and which of their values. */
export class Choices {
  readonly pair: Pair;
  keep = $state<Which>("one");
  #chosen = $state<Partial<Record<MergeField, Which>>>({});

  constructor(pair: Pair) {
    this.pair = pair;
  }

  get kept(): PersonCard {
    return this.pair[this.keep];
  }

  get dropped(): PersonCard {
    return this.pair[this.keep === "one" ? "other" : "one"];
  }

  differs(field: MergeField): boolean {
    return this.pair.one[field] !== this.pair.other[field];
  }

  /** Whose value is kept: the one that was chosen, else that of the record that is kept, if it has one. */
  from(field: MergeField): Which {
    const chosen = this.#chosen[field];
    if (chosen) return chosen;
    if (this.pair[this.keep][field] !== "") return this.keep;
    return this.keep === "one" ? "other" : "one";
  }

  take(field: MergeField, which: Which): void {
    this.#chosen = { ...this.#chosen, [field]: which };
  }

  /** Of each field in which they differ. */
  get all(): MergeChoice[] {
    return FIELDS.filter(({ field }) => this.differs(field)).map(({ field }) => ({
      field,
      from: this.from(field) === this.keep ? "keep" : "other",
    }));
  }
}
