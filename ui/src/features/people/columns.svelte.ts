import type { Sort } from "../../api";

export type ColumnKey =
  | "name"
  | "mobile"
  | "email"
  | "postcode"
  | "language"
  | "agrees"
  | "text"
  | "captured_at"
  | "updated_at"
  | "by"
  | "needs_correcting";

/** A column: what it is called, what a click on its head sorts by, and how wide it is at least and beyond that. */
export type Column = {
  key: ColumnKey;
  title: string;
  sort: Sort | null;
  least: number;
  share: number;
};

export const COLUMNS: Column[] = [
  { key: "name", title: "Name", sort: "name", least: 168, share: 1.6 },
  { key: "mobile", title: "Mobile", sort: "mobile", least: 136, share: 0.8 },
  { key: "email", title: "Email", sort: "email", least: 200, share: 1.4 },
  { key: "postcode", title: "Postcode", sort: "postcode", least: 88, share: 0.5 },
  { key: "language", title: "Language", sort: "language", least: 104, share: 0.5 },
  { key: "agrees", title: "Agrees", sort: "consent", least: 114, share: 0.6 },
  { key: "text", title: "Text", sort: "text", least: 136, share: 0.6 },
  { key: "captured_at", title: "Captured", sort: "captured_at", least: 136, share: 0.6 },
  { key: "updated_at", title: "Changed", sort: "updated_at", least: 136, share: 0.6 },
  { key: "by", title: "Canvasser", sort: "canvasser", least: 112, share: 0.7 },
];

const REASON: Column = {
  key: "needs_correcting",
  title: "What to put right",
  sort: "to_put_right",
  least: 240,
  share: 2.4,
};

/** The columns of the list of those who need correcting: whom, why, and who can ask them again. */
export const CORRECTING_COLUMNS: Column[] = COLUMNS.flatMap((column) => {
  if (column.key === "name") return [column, REASON];
  return ["mobile", "text", "by"].includes(column.key) ? [column] : [];
});

const KEY = "placard.columns";
const AT_FIRST: ColumnKey[] = ["name", "mobile", "postcode", "agrees", "text", "captured_at"];

function kept(): ColumnKey[] {
  const words = localStorage.getItem(KEY)?.split(" ") ?? [];
  const known = COLUMNS.map(({ key }) => key).filter((key) => words.includes(key));
  return known.length > 0 ? known : AT_FIRST;
}

/** Which columns are shown: a choice of this laptop. The name always is. */
class ColumnChoice {
  #keys = $state.raw<ColumnKey[]>(kept());

  get shown(): Column[] {
    return COLUMNS.filter(({ key }) => this.shows(key));
  }

  shows(key: ColumnKey): boolean {
    return key === "name" || this.#keys.includes(key);
  }

  choose(key: ColumnKey, shown: boolean): void {
    this.#take(shown ? [...this.#keys, key] : this.#keys.filter((other) => other !== key));
  }

  asAtFirst(): void {
    this.#take(AT_FIRST);
  }

  #take(keys: ColumnKey[]): void {
    this.#keys = keys;
    localStorage.setItem(KEY, keys.join(" "));
  }
}

export const columns = new ColumnChoice();
