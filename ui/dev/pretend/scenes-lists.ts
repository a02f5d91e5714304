import { CAMPAIGN, minutesAgo, type World } from "./world";
import { aBackup, aReport } from "./world-lists";

/** The states that lists, backups and handing over are looked at in. */
export const LISTS: Record<string, (world: World) => void> = {
  /** A list whose people said yes, by the list. */
  list_consent: (world) => {
    world.lists.columns = ["first_name", "last_name", "mobile", "email", "postcode", "consent"];
  },
  list_slow: (world) => {
    world.lists.slow = { done: 4_200, of: 10_000, seconds_left: 12 };
  },
  list_excel: (world) => {
    world.lists.sheets = ["Members", "Lapsed", "Do not contact"];
    world.lists.format = "Excel, sheet “Members”";
  },
  list_clean: (world) => {
    world.lists.report = aReport({
      refused: 0,
      refusals: [],
      sentence: "9,790 people come in. No line is refused.",
    });
  },
  push: (world) => {
    world.lists.server = { address: "https://actionnetwork.org/api/v2", has_token: true };
  },
  push_halfway: (world) => {
    LISTS["push"]?.(world);
    world.lists.push = {
      sent: 640,
      same: 12,
      refused: [],
      left: 552,
      finished: false,
      sentence: "The server stopped answering. 552 people are left.",
    };
  },
  handing: (world) => {
    world.lists.handing = {
      ...world.lists.handing,
      last_handed: minutesAgo(60 * 26),
      known_recipients: [{ name: "Maya Okafor", key: "age1maya0okafor" }],
      since_count: 32,
      all_count: 1_204,
    };
  },
  backups: (world) => {
    world.lists.backups = {
      ...world.lists.backups,
      list: [0, 1, 2, 3, 30, 54].map((index) =>
        aBackup(index, minutesAgo(index * 60 + 20), {
          people: 1_204 - index * 9,
          where: index % 2 === 1 ? "second_place" : "here",
        }),
      ),
      last: minutesAgo(20),
      second_place: "/media/maya/STICK/placard",
    };
  },
  backups_trouble: (world) => {
    LISTS["backups"]?.(world);
    world.lists.backups = {
      ...world.lists.backups,
      trouble: "The last backup failed: the disk is full. The one before it is whole.",
      second_place_trouble: "The second place is not there: plug the stick in again.",
    };
  },
  damaged_offer: (world) => {
    world.scene = {
      at: "unopenable",
      failure: {
        code: "damaged_vault",
        sentence: "The vault is damaged and cannot be opened. Placard has left it untouched.",
        field: null,
      },
      folder: "/home/sam/.local/share/org.placard.Placard/campaign",
    };
    world.lists.offered = {
      path: "/home/sam/.local/share/org.placard.Placard/backups/backup-0.placard",
      at: minutesAgo(80),
      people: 1_173,
      sentence: "It was checked after it was written.",
    };
    world.lists.lock = world.passphrase;
  },
  locked_damaged: (world) => {
    LISTS["damaged_offer"]?.(world);
    world.scene = { at: "locked", campaign: CAMPAIGN.name };
    world.failures["unlock"] = {
      code: "damaged_vault",
      sentence: "The vault is damaged and cannot be opened. Placard has left it untouched.",
      field: null,
    };
  },
};
