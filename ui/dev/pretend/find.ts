import type {
  ConsentWord,
  Filter,
  PersonRow,
  Question,
  Sort,
  TextFilter,
  TextState,
  commands as realCommands,
} from "../../src/api/bindings";
import { answer, world } from "./core";
import { aPerson, minutesAgo } from "./world";

const STATES: (TextState | null)[] = ["waiting", "delivered", "delivered", null, "accepted"];
const FIRST = ["Amina", "Bronwen", "Cerys", "Dafydd", "Esther", "Fatima", "George", "Huw", "Iona"];
const LAST = [
  "Khan",
  "Pugh",
  "Hill",
  "Wójcik",
  "Okafor",
  "Sharma",
  "Begum",
  "Lloyd",
  "Ngata",
  "Li",
];

/** Number `index` of a crowd. */
function ofCrowd(index: number): PersonRow {
  const row = aPerson(index, index % 997 === 5 ? "failed" : (STATES[index % 5] ?? null));
  const first = FIRST[index % FIRST.length] ?? "";
  const last = LAST[Math.floor(index / FIRST.length) % LAST.length] ?? "";
  return {
    ...row,
    name: `${first} ${last}`,
    email: row.email && `${first}.${last}@example.org`.toLowerCase(),
    consent: index % 5 === 1 ? "confirmed" : row.consent,
    opted_out: index % 113 === 7,
  };
}

function everybody(): number {
  return world.people.length + world.crowd;
}

function row(index: number): PersonRow {
  return world.people[index] ?? ofCrowd(index);
}

function plain(words: string): string {
  return words
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/(?<=\d) (?=\d)/g, "");
}

const TEXTS: Record<TextFilter, (TextState | null)[]> = {
  none: [null],
  waiting: ["waiting"],
  going: ["sending"],
  accepted: ["accepted"],
  delivered: ["delivered"],
  failed: ["failed", "undelivered"],
  uncertain: ["uncertain"],
  not_sent: ["not_sent"],
};

function passes(person: PersonRow, filter: Filter): boolean {
  const agrees = person.consent === "agrees" || person.consent === "confirmed";
  const is = <Value>(wanted: Value | null, value: Value): boolean =>
    wanted === null || wanted === value;
  return (
    (filter.consent === "agrees" ? agrees : is(filter.consent, person.consent)) &&
    (filter.text === null || TEXTS[filter.text].includes(person.text)) &&
    is(filter.canvasser, person.by) &&
    (filter.from === null || person.captured_at.slice(0, 10) >= filter.from) &&
    (filter.to === null || person.captured_at.slice(0, 10) <= filter.to) &&
    is(filter.language, person.language) &&
    is(filter.household, person.id === "person-0" || person.id === "person-1") &&
    is(filter.opted_out, person.opted_out) &&
    is(filter.needs_correcting, person.needs_correcting !== null)
  );
}

const CONSENTS: ConsentWord[] = ["not_asked", "refused", "agrees", "confirmed"];

/** From the last that is shown to the first. */
const REASONS = [null, "Number refused", "Number mistyped", "Text uncertain"];

function keyOf(person: PersonRow, sort: Sort): string {
  if (sort === "first_name") return person.name;
  if (sort === "canvasser") return person.by;
  if (sort === "consent") return String(CONSENTS.indexOf(person.consent));
  if (sort === "to_put_right") return String(REASONS.indexOf(person.to_put_right));
  if (sort === "text") return person.text ?? "~";
  return sort === "name" ? (person.name.split(" ").at(-1) ?? "") : person[sort];
}

/** More than this is not put in order here: the core does that, with an index. */
const MOST_SORTED = 20_000;

/** Beyond this the core stops counting. */
const MOST_COUNTED = 10_000;

const NAMES = FIRST.flatMap((first) => LAST.map((last) => plain(`${first} ${last}`)));

/** Whether it is worth making somebody of a crowd. */
function mayBe(index: number, words: string[], filter: Filter): boolean {
  if (filter.needs_correcting && index % 997 !== 5) return false;
  const last = Math.floor(index / FIRST.length) % LAST.length;
  const name = NAMES[(index % FIRST.length) * LAST.length + last] ?? "";
  return words.every((word) => !/^\p{L}+$/u.test(word) || name.includes(word));
}

let asked = "";
let found: number[] = [];

/** The places of those whom a question finds, in its order; nothing where it is everybody as they came. */
function findAll(question: Question): number[] | null {
  const { search, filter, sort, descending } = question;
  const isAll = !search.trim() && Object.values(filter).every((value) => value === null);
  if (isAll && sort === "captured_at" && descending) return null;
  if (world.crowd > 0 && asked === JSON.stringify(question)) return found;
  asked = JSON.stringify(question);
  const words = plain(search).split(/\s+/).filter(Boolean);
  found = [];
  for (let index = 0; index < everybody(); index++) {
    // A crowd is gone through by its names and numbers alone where that is all that is asked.
    if (index >= world.people.length && !mayBe(index, words, filter)) continue;
    const person = row(index);
    const all = plain(`${person.name} ${person.mobile} ${person.email} ${person.postcode}`);
    if (words.every((word) => all.includes(word)) && passes(person, filter)) found.push(index);
  }
  if (found.length <= MOST_SORTED) {
    const order = new Intl.Collator("en-GB").compare;
    const keys = new Map(found.map((index) => [index, keyOf(row(index), sort)]));
    const way = descending ? -1 : 1;
    found.sort((one, other) => way * order(keys.get(one) ?? "", keys.get(other) ?? ""));
  } else if (!descending) {
    found.reverse();
  }
  return found;
}

type Find =
  | "people"
  | "countPeople"
  | "placeOf"
  | "filterChoices"
  | "savedFilters"
  | "saveFilter"
  | "forgetFilter";

export const find: Pick<typeof realCommands, Find> = {
  people: (question, offset, limit) =>
    answer("people", () => {
      const places = findAll(question);
      const total = places?.length ?? everybody();
      const narrow = question.search !== "" || Object.values(question.filter).some(Boolean);
      const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) =>
        row(places?.[offset + at] ?? offset + at),
      );
      return {
        total: narrow ? Math.min(total, MOST_COUNTED) : total,
        more: narrow && total > MOST_COUNTED,
        near: world.near && narrow,
        rows,
      };
    }),
  countPeople: (question) => answer("countPeople", () => findAll(question)?.length ?? everybody()),
  placeOf: (question, id) =>
    answer("placeOf", () => {
      const known = world.people.findIndex((person) => person.id === id);
      const index = known >= 0 ? known : Number(id.split("-")[1]);
      const there = known >= 0 || (index >= world.people.length && index < everybody());
      const places = findAll(question);
      const place = places ? places.indexOf(index) : index;
      return there && place >= 0 ? place : null;
    }),
  filterChoices: () =>
    answer("filterChoices", () => ({
      canvassers: ["Priya", "Sam"],
      shifts: [
        {
          id: "shift-1",
          canvasser: "Sam",
          place: "Brixton tube",
          started_at: minutesAgo(180),
        },
        {
          id: "shift-2",
          canvasser: "Priya",
          place: "Outside the north entrance of Brixton Underground station",
          started_at: minutesAgo(60 * 26),
        },
      ],
      languages: [
        { tag: "en", name: "English" },
        { tag: "cy", name: "Cymraeg" },
      ],
      imports: [{ id: "import-1", name: "Fair sign-ups.xlsx", at: minutesAgo(60 * 24 * 5) }],
    })),
  savedFilters: () => answer("savedFilters", () => world.filters),
  saveFilter: (name, question, replaces) =>
    answer("saveFilter", () => {
      const there = world.filters.find((saved) => saved.name === name);
      if (there && !replaces) return null;
      // No two have the same name.
      const id = there?.id ?? `filter-${name}`;
      const others = world.filters.filter((saved) => saved !== there);
      world.filters = [...others, { id, name, question: structuredClone(question) }];
      return id;
    }),
  forgetFilter: (id) =>
    answer("forgetFilter", () => {
      world.filters = world.filters.filter((saved) => saved.id !== id);
      return null;
    }),
};
