import type {
  Corrected,
  Details,
  PersonView,
  commands as realCommands,
} from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import { e164 } from "./world";

/** A person's page: the world's own, or what a row of People knows of them. */
function personOf(id: string): PersonView | undefined {
  const known = world.persons.find((person) => person.id === id);
  const row = world.people.find((person) => person.id === id);
  if (known || !row) return known;
  const [first_name = "", ...rest] = row.name.split(" ");
  return {
    id,
    first_name,
    last_name: rest.join(" "),
    mobile: row.mobile,
    thread: row.mobile ? e164(row.mobile) : "",
    email: "",
    postcode: row.postcode,
    language: "en",
    opted_out: row.opted_out,
    agrees_to: [],
    timeline: [],
    household: [],
    home: null,
    lives_with: [],
    why_no_call: null,
    why_no_text: row.mobile ? null : "No text goes: there is no mobile.",
  };
}

const GONE = "This person is not here any more.";

type Person = "person" | "correct" | "receipt" | "print" | "everythingHeld" | "erase" | "withdraw";

export const person: Pick<typeof realCommands, Person> = {
  person: async (id) => {
    const view = personOf(id);
    return view ? answer("person", () => view) : refuse("not_found", GONE);
  },
  correct: async (id, shown, details, numberOf, home) => {
    const view = personOf(id);
    if (!view) return refuse("not_found", GONE);
    const fields = Object.keys(details) as (keyof Details)[];
    const edited = fields.filter((field) => details[field] !== shown[field]);
    const lost: string[] = edited.filter(
      (field) => view[field] !== shown[field] && view[field] !== details[field],
    );
    if (home && home.shown !== view.home) lost.push("Household");
    if (lost.length > 0) {
      return refuse("too_late", `Changed meanwhile: ${lost.join(", ")}. Nothing was saved.`);
    }
    return answer("correct", (): Corrected => {
      const digits = details.mobile.replaceAll(/\D/g, "");
      if (digits && digits.length < 11) {
        return {
          is: "invalid",
          problems: [{ field: "mobile", sentence: "This number is not whole yet." }],
        };
      }
      const same = world.people.filter(
        (row) => row.id !== id && digits && row.mobile.replaceAll(/\D/g, "") === digits,
      );
      if (same.length > 0 && !numberOf) {
        return {
          is: "same_mobile",
          same: same.map(({ id: supporter_id, name, captured_at: when, by }) => ({
            supporter_id,
            name,
            when,
            by,
          })),
        };
      }
      const moved = edited.includes("mobile");
      const other = world.people.find((row) => row.id === home?.with);
      const lives_with = other ? [{ id: other.id, name: other.name }] : [];
      const corrected: PersonView = {
        ...view,
        ...(home && {
          lives_with,
          household: lives_with,
          home: other ? `home-of-${other.id}` : null,
        }),
        ...Object.fromEntries(edited.map((field) => [field, details[field]])),
        timeline: [
          {
            at: new Date().toISOString(),
            who: "Sam",
            sentence: "Details were put right.",
            receipt: null,
          },
          ...view.timeline,
        ],
      };
      world.persons = [...world.persons.filter((known) => known.id !== id), corrected];
      tell("people");
      return { is: "saved", sentence: moved ? "Their text goes to the new number." : null };
    });
  },
  receipt: async (entry) => {
    const receipt = world.receipts[entry];
    return receipt
      ? answer("receipt", () => receipt)
      : refuse("not_found", "There is no receipt of this any more.");
  },
  print: () => answer("print", () => null),
  everythingHeld: async (id) => {
    const view = personOf(id);
    if (!view) return refuse("not_found", GONE);
    return answer("everythingHeld", () => ({
      text: [
        `What Clean Air Now holds on ${view.first_name} ${view.last_name}`,
        "",
        `First name: ${view.first_name}`,
        `Last name: ${view.last_name}`,
        `Mobile: ${view.thread}`,
        "",
        "What they said",
        ...view.timeline.map(({ at, sentence }) => `${at}: ${sentence}`),
      ].join("\n"),
      json: JSON.stringify(view, null, 2),
    }));
  },
  withdraw: (id, purpose) =>
    answer("withdraw", () => {
      world.persons = world.persons.map((known) =>
        known.id === id
          ? { ...known, agrees_to: known.agrees_to.filter((yes) => yes.purpose !== purpose) }
          : known,
      );
      tell("people");
      return null;
    }),
  erase: async (id) => {
    const view = personOf(id);
    if (!view) return refuse("not_found", GONE);
    return answer("erase", () => {
      world.people = world.people.filter((row) => row.id !== id);
      world.persons = world.persons.filter((known) => known.id !== id);
      tell("people");
      const entries = `${view.timeline.filter(({ receipt }) => receipt).length} entries of the ledger stay as hashes: they name nobody.`;
      return view.opted_out
        ? [
            entries,
            "The opt-out stays as a keyed hash of the number, so that nobody texts it by mistake.",
          ]
        : [entries];
    });
  },
};
