import type { commands as realCommands } from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import { aPurpose } from "./world";

function setRetired(key: string, retired_at: string | null): null {
  world.purposes = world.purposes.map((row) => (row.key === key ? { ...row, retired_at } : row));
  tell("campaign");
  return null;
}

type Purposes =
  "purposes" | "addPurpose" | "retirePurpose" | "takeUpPurpose" | "languages" | "addLanguage";

export const purposes: Pick<typeof realCommands, Purposes> = {
  purposes: () => answer("purposes", () => world.purposes),
  addPurpose: async (channel, about) => {
    if (!about.trim()) return refuse("invalid", "Type what it is about.", "about");
    const added = aPurpose(channel, about.trim());
    if (world.purposes.some(({ name }) => name === added.name)) {
      return refuse("invalid", `“${added.name}” is asked already.`, "about");
    }
    return answer("addPurpose", () => {
      world.purposes = [...world.purposes, added];
      tell("campaign");
      return added;
    });
  },
  retirePurpose: (key) => answer("retirePurpose", () => setRetired(key, new Date().toISOString())),
  takeUpPurpose: (key) => answer("takeUpPurpose", () => setRetired(key, null)),
  languages: () => answer("languages", () => world.languages),
  addLanguage: async (tag, name, rtl) => {
    if (world.languages.some((language) => language.tag === tag)) {
      return refuse("invalid", `“${tag}” is there already.`, "tag");
    }
    return answer("addLanguage", () => {
      const added = { tag, name, rtl, added: true, labels: "en" };
      world.languages = [...world.languages, added];
      tell("campaign");
      return added;
    });
  },
};
