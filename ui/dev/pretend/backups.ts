import type { commands as realCommands } from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import { long } from "./long";
import { CAMPAIGN, minutesAgo } from "./world";
import { aBackup } from "./world-lists";

const KEPT = "/home/maya/.local/share/org.placard.Placard/replaced-2026-11-25-140509";

type Backing =
  | "backups"
  | "backUpNow"
  | "chooseSecondPlace"
  | "lookIntoBackup"
  | "restore"
  | "offeredBackup"
  | "salvage";

export const backups: Pick<typeof realCommands, Backing> = {
  backups: () => answer("backups", () => world.lists.backups),
  backUpNow: () =>
    long("backup", "backUpNow", () => {
      const backup = aBackup(0, minutesAgo(0), { id: "backup-now" });
      const { list } = world.lists.backups;
      world.lists.backups = {
        ...world.lists.backups,
        list: [backup, ...list],
        last: backup.at,
        trouble: null,
      };
      return backup;
    }),
  chooseSecondPlace: async (path) => {
    if (path !== null && !path.startsWith("/")) {
      return refuse("invalid", "There is no such folder. Type the whole path.", "path");
    }
    return answer("chooseSecondPlace", () => {
      world.lists.backups = {
        ...world.lists.backups,
        second_place: path,
        second_place_trouble: null,
      };
      return null;
    });
  },
  lookIntoBackup: async (_path, passphrase) =>
    passphrase === world.lists.lock
      ? answer("lookIntoBackup", () => ({
          campaign: CAMPAIGN.name,
          at: minutesAgo(80),
          people: 1_173,
          texts: 2_311,
          newest_capture: minutesAgo(84),
          ledger_entries: 2_940,
          readable: true,
          sentence: "It is whole: every page and every entry of the ledger was read.",
        }))
      : refuse("wrong_passphrase", "That passphrase does not open this backup."),
  restore: async (_path, passphrase) => {
    // The campaign is closed before anything is moved.
    world.scene = { at: "locked", campaign: CAMPAIGN.name };
    tell("locked");
    return passphrase === world.lists.lock
      ? long("backup", "restore", () => ({
          sentence: "The backup is in place: 1,173 people.",
          kept: KEPT,
        }))
      : refuse("wrong_passphrase", "That passphrase does not open this backup.");
  },
  offeredBackup: () => answer("offeredBackup", () => world.lists.offered),
  salvage: async (_path, passphrase) => {
    if (passphrase !== world.passphrase) {
      return refuse("wrong_passphrase", "That is not the passphrase of this campaign.");
    }
    return answer("salvage", () => {
      world.scene = { at: "locked", campaign: CAMPAIGN.name };
      return {
        sentence: "The backup is in place, and 28 people were saved from the damaged vault.",
        kept: KEPT,
      };
    });
  },
};
