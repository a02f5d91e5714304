import type { Pair, PersonCard, commands as realCommands } from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import { minutesAgo } from "./world";

function aCard(id: string, more: Partial<PersonCard>): PersonCard {
  return {
    id,
    first_name: "Amina",
    last_name: "Khan",
    mobile: "07700 900100",
    email: "",
    postcode: "SW9 8EJ",
    language: "en",
    captured_at: minutesAgo(60 * 24 * 3),
    by: "Sam",
    agrees_to: ["Texts"],
    opted_out: false,
    texts: 1,
    ...more,
  };
}

/** Pairs of each kind, the likeliest first. */
export function PAIRS(): Pair[] {
  return [
    {
      one: aCard("amina-1", { email: "amina@example.org", texts: 2 }),
      other: aCard("amina-2", {
        last_name: "Kahn",
        postcode: "SW9 8JX",
        agrees_to: ["Texts", "Calls about volunteering"],
        captured_at: minutesAgo(40),
        by: "Priya",
        texts: 0,
      }),
      because: "Same number",
    },
    {
      one: aCard("rhys-1", {
        first_name: "Rhys",
        last_name: "ap Gwilym",
        mobile: "07700 900101",
        email: "rhys@example.org",
        language: "cy",
        agrees_to: [],
        opted_out: true,
      }),
      other: aCard("rhys-2", {
        first_name: "Rhys",
        last_name: "Gwilym",
        mobile: "07700 900181",
        email: "rhys@example.org",
        postcode: "",
        by: "",
      }),
      because: "Same email",
    },
    {
      one: aCard("olu-1", {
        first_name: "Oluwaseun",
        last_name: "Adébáyọ̀-Featherstonehaugh",
        mobile: "07700 900102",
      }),
      other: aCard("olu-2", {
        first_name: "Oluwaseun",
        last_name: "Adebayo Featherstonehaugh",
        mobile: "",
        email: "oluwaseun.adebayo.featherstonehaugh@example.org",
        agrees_to: [],
        texts: 0,
      }),
      because: "Alike: name and postcode",
    },
    {
      one: aCard("esther-1", { first_name: "אסתר", last_name: "כהן", mobile: "07700 900103" }),
      other: aCard("esther-2", {
        first_name: "Esther",
        last_name: "Cohen",
        mobile: "07700 900103",
      }),
      because: "Same number",
    },
  ];
}

function settle(one: string, other: string, called: string, name: string): boolean {
  const pair = world.pairs.find(
    (each) => [one, other].includes(each.one.id) && [one, other].includes(each.other.id),
  );
  if (!pair) return false;
  world.pairs = world.pairs.filter((each) => each !== pair);
  world.settled = [{ pair, called, name }, ...world.settled];
  tell("people");
  return true;
}

/** Undo brings the last pair back. */
export function undoSettled(): { name: string; sentence: string } | null {
  const [last, ...rest] = world.settled;
  if (!last) return null;
  world.settled = rest;
  world.pairs = [last.pair, ...world.pairs];
  tell("people");
  return { name: last.name, sentence: "Both are there again, as they were." };
}

const GONE = "One of the two is not here any more.";

type Duplicates = "duplicates" | "lookForDuplicates" | "notTheSame" | "merge";

export const duplicates: Pick<typeof realCommands, Duplicates> = {
  duplicates: (offset, limit) =>
    answer("duplicates", () => ({
      total: world.pairs.length,
      pairs: world.pairs.slice(offset, offset + limit),
      looked_at: world.lookedAt,
      listed_since: world.listedSince,
      looking: world.looking,
    })),
  lookForDuplicates: () =>
    answer("lookForDuplicates", () => {
      world.looking = true;
      return null;
    }),
  notTheSame: async (one, other) => {
    if (world.failures["notTheSame"]) return answer("notTheSame", () => null);
    return settle(one, other, "telling two people apart", "two people told apart")
      ? answer("notTheSame", () => null)
      : refuse("not_found", GONE);
  },
  merge: async (keep, other) => {
    if (world.failures["merge"]) return answer("merge", () => ({ name: "", sentence: "" }));
    const kept = world.pairs
      .flatMap((pair) => [pair.one, pair.other])
      .find((card) => card.id === keep);
    const name = kept ? `${kept.first_name} ${kept.last_name}` : "";
    return settle(keep, other, `the merge of ${name}`, name)
      ? answer("merge", () => ({ name, sentence: "Both histories are kept in one record." }))
      : refuse("not_found", GONE);
  },
};
