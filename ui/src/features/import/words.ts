import type { Column, ListKind } from "../../api";

export const KINDS: { value: ListKind; name: string; about: string }[] = [
  { value: "people", name: "People", about: "Who they are. Nobody is texted by coming in." },
  {
    value: "opt_outs",
    name: "Opt-outs",
    about: "Numbers that get no text any more, from the moment they are in.",
  },
  {
    value: "do_not_call",
    name: "Do not call",
    about: "Numbers that the phone bank leaves alone, such as those of the TPS.",
  },
];

/** What a column of people can mean, in the order in which they are looked for. */
const COLUMNS: { value: Column; name: string }[] = [
  { value: "first_name", name: "First name" },
  { value: "last_name", name: "Last name" },
  { value: "name", name: "Whole name" },
  { value: "mobile", name: "Mobile" },
  { value: "email", name: "Email" },
  { value: "postcode", name: "Postcode" },
  { value: "language", name: "Language" },
  { value: "consent", name: "Consent to texts" },
  { value: "consent_date", name: "Date of consent" },
  { value: "opted_out", name: "Opted out" },
  { value: "external_id", name: "Id elsewhere" },
];

/** Of lists of numbers only the number is read. */
export function columnsOf(kind: ListKind): { value: Column; name: string }[] {
  return kind === "people" ? COLUMNS : COLUMNS.filter(({ value }) => value === "mobile");
}

/** What one line of the list is: "person", "number". */
export function nounOf(kind: ListKind): [one: string, many: string] {
  return kind === "people" ? ["person", "people"] : ["number", "numbers"];
}
