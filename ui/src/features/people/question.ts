import type {
  ConsentWord,
  Filter,
  FilterChoices,
  Question,
  ShiftChoice,
  Sort,
  TextFilter,
} from "../../api";
import { EVERYBODY, NO_FILTER } from "../../shared/question";
import { dateOf, timeOf } from "../../shared/when";

type Named<Value> = { value: Value; name: string };

export const CONSENTS: Named<ConsentWord>[] = [
  { value: "agrees", name: "Agrees to texts" },
  { value: "confirmed", name: "Confirmed by their phone" },
  { value: "refused", name: "Said no" },
  { value: "not_asked", name: "Not asked" },
];

export const TEXTS: Named<TextFilter>[] = [
  { value: "none", name: "No text" },
  { value: "waiting", name: "Waiting" },
  { value: "going", name: "Going now" },
  { value: "accepted", name: "Sent" },
  { value: "delivered", name: "Delivered" },
  { value: "failed", name: "Failed" },
  { value: "uncertain", name: "Uncertain" },
  { value: "not_sent", name: "Not sent" },
];

/** The orders, as they are chosen and said: "by name". */
export const SORTS: Named<Sort>[] = [
  { value: "captured_at", name: "When captured" },
  { value: "updated_at", name: "When changed" },
  { value: "name", name: "Name" },
  { value: "first_name", name: "First name" },
  { value: "mobile", name: "Mobile" },
  { value: "email", name: "Email" },
  { value: "postcode", name: "Postcode" },
  { value: "language", name: "Language" },
  { value: "consent", name: "Consent" },
  { value: "text", name: "Text" },
  { value: "canvasser", name: "Canvasser" },
  { value: "to_put_right", name: "What to put right" },
];

/** The orders that a question can be in: what to put right is one of those alone about whom there is something. */
export function sortsOf({ filter }: Question): Named<Sort>[] {
  return SORTS.filter(({ value }) => value !== "to_put_right" || filter.needs_correcting === true);
}

/** Times begin with the newest, consent with who gave it, what to put right with what to decide, everything else with A. */
export function startsDescending(sort: Sort): boolean {
  return ["captured_at", "updated_at", "consent", "to_put_right"].includes(sort);
}

/** "newest first", "by postcode, Z to A": the order as it stands beside the count. */
export function orderOf({ sort, descending, filter }: Question): string {
  if (sort === "to_put_right" && filter.needs_correcting) {
    return descending
      ? "uncertain texts first, then mistyped and refused numbers, each newest first"
      : "refused numbers first, then mistyped ones and uncertain texts, each oldest first";
  }
  if (sort === "captured_at" || sort === "to_put_right")
    return descending ? "newest first" : "oldest first";
  if (sort === "updated_at") return descending ? "last changed first" : "longest unchanged first";
  if (sort === "consent") return descending ? "who agrees first" : "who was not asked first";
  const name = SORTS.find(({ value }) => value === sort)?.name.toLowerCase() ?? "";
  return `by ${name}${descending ? ", backwards" : ""}`;
}

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

export function isNarrowed({ search, filter }: Question): boolean {
  return search.trim() !== "" || isFiltered(filter);
}

/** Those who need correcting: first what can be decided at once. */
export const CORRECTING: Question = {
  ...EVERYBODY,
  sort: "to_put_right",
  filter: { ...NO_FILTER, needs_correcting: true },
};

/** Whether a question asks for those who need correcting, and for nothing else. */
export function isCorrecting({ search, filter }: Question): boolean {
  return (
    filter.needs_correcting === true &&
    search.trim() === "" &&
    !isFiltered({ ...filter, needs_correcting: null })
  );
}

export function sameQuestion(one: Question, other: Question): boolean {
  return (
    one.search.trim() === other.search.trim() &&
    one.sort === other.sort &&
    one.descending === other.descending &&
    (Object.keys(NO_FILTER) as (keyof Filter)[]).every(
      (key) => one.filter[key] === other.filter[key],
    )
  );
}

export function shiftName({ canvasser, place, started_at }: ShiftChoice): string {
  return `${[canvasser, place].filter(Boolean).join(", ")}, ${timeOf(started_at)}`;
}

/** A filter that is set, in words. */
export type Chip = { key: keyof Filter; words: string };

/** What is set, one chip each. */
export function chipsOf(filter: Filter, choices: FilterChoices | undefined): Chip[] {
  const named = <Value>(all: Named<Value>[], value: Value): string =>
    all.find((each) => each.value === value)?.name ?? "";
  const shift = choices?.shifts.find(({ id }) => id === filter.shift_id);
  const language = choices?.languages.find(({ tag }) => tag === filter.language);
  const list = choices?.imports.find(({ id }) => id === filter.act_id);
  const words: Record<keyof Filter, string> = {
    consent: `Consent: ${named(CONSENTS, filter.consent).toLowerCase()}`,
    text: `Text: ${named(TEXTS, filter.text).toLowerCase()}`,
    canvasser: `Captured by ${filter.canvasser ?? ""}`,
    shift_id: `Shift: ${shift ? shiftName(shift) : "one that is over"}`,
    from: `From ${filter.from ? dateOf(`${filter.from}T12:00`) : ""}`,
    to: `Until ${filter.to ? dateOf(`${filter.to}T12:00`) : ""}`,
    language: `Language: ${language?.name ?? filter.language ?? ""}`,
    household: filter.household ? "Shares a home or phone" : "Shares no home or phone",
    opted_out: filter.opted_out ? "Opted out" : "Not opted out",
    needs_correcting: filter.needs_correcting ? "Needs correcting" : "Needs no correcting",
    act_id: `Brought in: ${list?.name ?? "a list"}`,
  };
  return (Object.keys(NO_FILTER) as (keyof Filter)[])
    .filter((key) => filter[key] !== null)
    .map((key) => ({ key, words: words[key] }));
}

/** "25/11/2026" of "2026-11-25", as days are typed. */
export function typedDay(day: string | null): string {
  return day ? day.split("-").reverse().join("/") : "";
}
