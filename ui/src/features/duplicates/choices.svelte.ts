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

/**
 * Which of two records is kept, and which of their values. What is known of the two may change meanwhile: it is read as it
 * is now, and a choice goes on being for the same record.
 */
export class Choices {
  readonly #now: () => Pair;
  readonly #first: string;
  #kept = $state<string | null>(null);
  #chosen = $state<Partial<Record<MergeField, string>>>({});

  constructor(now: () => Pair) {
    this.#now = now;
    this.#first = now().one.id;
  }

  get pair(): Pair {
    return this.#now();
  }

  get keep(): Which {
    return this.#which(this.#kept ?? this.#first);
  }

  set keep(which: Which) {
    this.#kept = this.pair[which].id;
  }

  #which(id: string): Which {
    return id === this.pair.other.id ? "other" : "one";
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
    if (chosen) return this.#which(chosen);
    if (this.pair[this.keep][field] !== "") return this.keep;
    return this.keep === "one" ? "other" : "one";
  }

  take(field: MergeField, which: Which): void {
    this.#chosen = { ...this.#chosen, [field]: this.pair[which].id };
  }

  /** Of each field in which they differ. */
  get all(): MergeChoice[] {
    return FIELDS.filter(({ field }) => this.differs(field)).map(({ field }) => ({
      field,
      from: this.from(field) === this.keep ? "keep" : "other",
    }));
  }
}
