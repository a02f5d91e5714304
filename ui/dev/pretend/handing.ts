import type { commands as realCommands } from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import { long } from "./long";

const WRONG = "That passphrase does not open this file.";

type Handing = "handOverState" | "handOver" | "readHanded" | "takeIn";

export const handing: Pick<typeof realCommands, Handing> = {
  handOverState: () => answer("handOverState", () => world.lists.handing),
  handOver: async (what, _question, lock, folder) => {
    if ("recipient" in lock && !lock.recipient.startsWith("age1")) {
      return refuse("invalid", "That is no organiser's key: it begins with age1.", "recipient");
    }
    return long("take_in", "handOver", () => {
      const { handing: state } = world.lists;
      const count = what === "since_last" ? state.since_count : state.all_count;
      world.lists.handing = { ...state, last_handed: new Date().toISOString(), since_count: 0 };
      return {
        path: `${folder ?? "/home/sam/Downloads"}/placard-2026-11-25-140509.handed`,
        count,
        sentence: `${count} people are in it, with their consents and their texts.`,
      };
    });
  },
  readHanded: async (_path, passphrase) =>
    passphrase === world.lists.lock
      ? answer("readHanded", () => world.lists.handed)
      : refuse("wrong_passphrase", WRONG),
  takeIn: (_path, passphrase) =>
    passphrase === world.lists.lock
      ? long("take_in", "takeIn", () => {
          tell("people");
          return {
            ...world.lists.handed,
            sentence: "121 people are new here and 16 were brought up to date. 3 opt-outs act.",
          };
        })
      : Promise.resolve(refuse("wrong_passphrase", WRONG)),
};
