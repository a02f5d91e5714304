import type { commands as realCommands } from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import { long } from "./long";
import { aPreview } from "./world-lists";

type Importing = "choose" | "readList" | "checkList" | "saveRefused" | "bringIn";

export const importing: Pick<typeof realCommands, Importing> = {
  choose: () => answer("choose", () => world.lists.chosen),
  readList: async (path, kind, options) => {
    if (!/\.(csv|tsv|txt|xlsx|xls|ods)$/i.test(path)) {
      return refuse(
        "invalid",
        "There is no list that Placard can read there. Choose a CSV or Excel file.",
        "path",
      );
    }
    return answer("readList", () => aPreview(world.lists, kind, path, options));
  },
  checkList: async (_path, kind, options, attestation) => {
    if (options?.columns?.includes("consent") && !attestation?.agreed) {
      return refuse("invalid", "Nobody has attested these consents yet.", "agreed");
    }
    return long("check", "checkList", () => ({
      ...world.lists.report,
      with_consent: attestation ? 8_930 : 0,
      sentence:
        kind === "people" ? world.lists.report.sentence : "9,590 numbers come in; 200 are refused.",
    }));
  },
  saveRefused: () =>
    answer("saveRefused", () => "/home/maya/Downloads/supporters-refused-2026-11-25.csv"),
  bringIn: () =>
    long("bring_in", "bringIn", () => {
      world.saved = [
        {
          capture_id: "import-1",
          name: "supporters.csv",
          mobile: "",
          sentence: "",
          at: new Date().toISOString(),
        },
        ...world.saved,
      ];
      tell("people");
      return {
        sentence: "9,412 people are new and 178 were brought up to date. No text goes to them.",
        act_id: "act-1",
      };
    }),
};
