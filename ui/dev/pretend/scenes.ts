import type { TextState } from "../../src/api/bindings";
import { PAIRS } from "./duplicates";
import { INBOX } from "./scenes-inbox";
import { LISTS } from "./scenes-lists";
import { EVERYBODY, NO_FILTER } from "../../src/shared/question";
import { WAITING, aPage } from "./scenes-people";
import {
  CAMPAIGN,
  aPerson,
  aPurpose,
  aSave,
  aText,
  e164,
  minutesAgo,
  minutesAhead,
  type World,
} from "./world";

/** The states that every screen is looked at in: `?scene=<name>` chooses one. */
export const SCENES: Record<string, (world: World) => void> = {
  ...LISTS,
  first_run: (world) => {
    world.scene = { at: "first_run" };
  },
  locked: (world) => {
    world.scene = { at: "locked", campaign: CAMPAIGN.name };
  },
  damaged: (world) => {
    world.scene = {
      at: "unopenable",
      failure: {
        code: "damaged_vault",
        sentence:
          "The vault's file is shorter than it should be. Copy a backup over it, or take the folder to someone who can look.",
        field: null,
      },
      folder: "/home/sam/.local/share/org.placard.Placard/campaign",
    };
  },
  shift: (world) => {
    world.scene = { at: "open", campaign: { ...CAMPAIGN, shift: null } };
  },
  few: (world) => {
    world.saved = [0, 1, 2].map(aSave);
    world.people = [0, 1, 2].map((index) => aPerson(index, "waiting"));
    world.texts = [0, 1, 2].map((index) => aText(index, "waiting"));
    world.connection.waiting = 3;
  },
  practice: (world) => {
    SCENES["few"]?.(world);
    world.scene = { at: "open", campaign: { ...CAMPAIGN, practice: true, shift: null } };
    world.connection = {
      online: true,
      gateway: "Practice",
      waiting: 1,
      sentence: "Practice: texts arrive on the drawn phone.",
      problem: null,
      clock: null,
    };
    world.phone = [2, 1].map((index) => ({
      id: `phone-${index}`,
      to: aText(index, "delivered").mobile,
      body: aText(index, "delivered").body,
      at: minutesAgo(index),
      segments: 1,
      number: e164(aText(index, "delivered").mobile),
      from_the_phone: false,
    }));
    world.texts = [aText(0, "sending"), aText(1, "delivered"), aText(2, "delivered")];
  },
  every_state: (world) => {
    const states: TextState[] = [
      "uncertain",
      "failed",
      "undelivered",
      "sending",
      "accepted",
      "waiting",
      "delivered",
      "not_sent",
    ];
    world.texts = states.map((state, index) => aText(index, state));
    world.people = states.map((state, index) => ({
      ...aPerson(index, state),
      consent: index === 6 ? "confirmed" : "agrees",
      opted_out: index === 7,
    }));
    world.saved = [0, 1, 2, 3, 4, 5, 6, 7].map(aSave);
    world.connection.online = true;
    world.connection.waiting = 3;
    world.holds = [
      {
        id: "hold",
        sentence: "Sending is stopped: Twilio does not know this key (20003).",
        what_to_do: "Mend the key in Settings, Gateway. Then carry on.",
      },
    ];
    world.evidence = [
      { at: minutesAgo(4), sentence: "Queued when Sam saved.", code: null, said: null },
      {
        at: minutesAgo(2),
        sentence: "Sent to the gateway; the answer was cut off.",
        code: "20003",
        said: "Authentication Error - invalid username",
      },
    ];
  },
  /** Names as people have them: long, in other letters, written from the right. */
  names: (world) => {
    const names = [
      "محمد عبد الرحمن الخطيب",
      "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh ap Llywelyn",
      "אסתר כהן",
      "রহিমা খাতুন",
      "Nguyễn Thị Ánh-Tuyết",
      "X Æ",
    ];
    SCENES["every_state"]?.(world);
    const named = <Row extends { name: string }>(row: Row, index: number): Row => ({
      ...row,
      name: names[index % names.length] ?? "",
    });
    world.people = world.people.map(named);
    world.texts = world.texts.map(named);
    world.saved = world.saved.map(named);
    world.holds = [];
    const shift = {
      canvasser: "Oluwaseun Adébáyọ̀-Featherstonehaugh of the Lambeth branch",
      place: "Outside the north entrance of Brixton Underground station",
    };
    const name = "Lambeth and Southwark Campaign for Clean Air Now and for Ever After";
    world.scene = { at: "open", campaign: { ...CAMPAIGN, name, shift } };
  },
  american: (world) => {
    SCENES["practice"]?.(world);
    world.wording = world.wording.replace(
      "to confirm.",
      "to confirm. How often varies, and message and data rates may apply. Reply HELP for help.",
    );
  },
  waiting: (world) => {
    SCENES["few"]?.(world);
    world.connection.problem =
      "A page of this network came instead of the gateway. Sign in to the network in a browser.";
    world.texts = world.texts.map((text, index) => ({
      ...text,
      sentence: "The gateway is busy and asked for it later.",
      until: minutesAhead([1, 40, 60 * 24][index] ?? 1),
    }));
  },
  many: (world) => {
    const states: TextState[] = ["waiting", "delivered", "delivered", "failed"];
    world.people = Array.from({ length: 100_000 }, (_, index) =>
      aPerson(index, index % 5 === 3 ? null : (states[index % 4] ?? null)),
    );
    world.texts = Array.from({ length: 2_500 }, (_, index) =>
      aText(index, states[index % 4] ?? "waiting"),
    );
    world.saved = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(aSave);
    world.connection.waiting = 1_204;
  },
  /** A branch that has been out for a year, with filters of its own. */
  thousand: (world) => {
    world.crowd = 1_204;
    world.pairs = PAIRS();
    world.filters = [
      {
        id: "filter-1",
        name: "To ring on Monday",
        question: {
          ...EVERYBODY,
          filter: { ...NO_FILTER, canvasser: "Sam", text: "none", opted_out: false },
        },
      },
      {
        id: "filter-2",
        name: "Confirmed, Welsh",
        question: { ...EVERYBODY, filter: { ...NO_FILTER, consent: "confirmed", language: "cy" } },
      },
    ];
  },
  million: (world) => {
    SCENES["thousand"]?.(world);
    world.crowd = 1_000_000;
  },
  near: (world) => {
    SCENES["thousand"]?.(world);
    world.near = true;
  },
  never_looked: (world) => {
    SCENES["few"]?.(world);
    world.lookedAt = null;
  },
  looking: (world) => {
    SCENES["never_looked"]?.(world);
    world.looking = true;
  },
  broken: (world) => {
    SCENES["few"]?.(world);
    const failure = {
      code: "disk_full" as const,
      sentence: "The disk is full. Nothing was lost: make room, then press Save again.",
      field: null,
    };
    for (const command of ["saveCapture", "people", "texts", "gatewayForm"]) {
      world.failures[command] = failure;
    }
  },
  long_wording: (world) => {
    SCENES["practice"]?.(world);
    world.wording = `${world.wording} ${world.wording} ${world.wording}`.slice(0, 600);
  },
  half_filled: (world) => {
    SCENES["few"]?.(world);
    world.draft = {
      first_name: "Amina",
      last_name: "Khan",
      mobile: "07700 900123",
      email: "",
      postcode: "SW9",
      language: "en",
      answers: { texts: true },
      wordings: {},
    };
  },
  /** Phones have texted: what acted by itself, and what only a person can answer. */
  inbox: (world) => {
    SCENES["every_state"]?.(world);
    world.holds = [];
    world.threads = INBOX();
  },
  /** Nobody has answered yet. */
  inbox_empty: (world) => {
    SCENES["few"]?.(world);
  },
  /** An evening: some texts could go, some wait for the morning, one never goes. */
  forecast: (world) => {
    const waiting = WAITING();
    world.texts = waiting.texts;
    world.forecast = waiting.forecast;
    world.connection.waiting = waiting.texts.length;
  },
  purposes: (world) => {
    world.purposes = [
      ...world.purposes,
      aPurpose("calls", "volunteering"),
      aPurpose("email", "the Annual General Meeting and who speaks at it"),
      { ...aPurpose("post", "the spring fair"), retired_at: "2026-11-20T10:00:00Z" },
      aPurpose("post", "petitions"),
    ];
    world.languages = [
      ...world.languages,
      { tag: "fr", name: "Français", rtl: false, added: true, labels: "en" },
    ];
  },
  /** A vault that was put back to a backup: nothing goes until somebody says so. */
  put_back: (world) => {
    world.texts = [0, 1, 2, 3].map((index) => ({
      ...aText(index, "uncertain"),
      sentence:
        "It had not gone when the backup was made from which this vault was restored. It may have gone since. Placard will not send it twice. You decide.",
    }));
    world.connection.online = true;
    world.holds = [
      {
        id: "hold",
        sentence:
          "Sending is stopped. This vault was restored from a backup: what waited then may have gone since.",
        what_to_do:
          "Look in Inbox for opt-outs that came since, and at the texts that need you. Then carry on: what may have gone is not sent again by itself.",
      },
    ];
    world.held = 4;
    world.never = ["text-3"];
  },
  /** What was set since the campaign began. */
  changed: (world) => {
    const asked = world.wording;
    const shorter = "May Clean Air Now text you about the campaign? Reply STOP at any time.";
    const wording = "The wording for texts, in English";
    world.changed = [
      {
        at: minutesAgo(4),
        who: "Sam",
        what: wording,
        by: "undo",
        before: shorter,
        after: asked,
      },
      { at: minutesAgo(9), who: "Sam", what: wording, by: "hand", before: asked, after: shorter },
      {
        at: minutesAgo(3 * 24 * 60),
        who: "Maya Okafor",
        what: "The hours of texts",
        by: "hand",
        before: "8am to 9pm, on Sundays, not on bank holidays",
        after: "10am to 8pm, not on Sundays, not on bank holidays",
      },
      {
        at: minutesAgo(3 * 24 * 60 + 5),
        who: "",
        what: "Calls about volunteering",
        by: "hand",
        before: "Not there",
        after: "Asked",
      },
    ];
  },
  person: (world) => {
    SCENES["inbox"]?.(world);
    const { person, receipts } = aPage();
    world.persons = [person];
    world.receipts = receipts;
  },
  ledger_broken: (world) => {
    world.ledger = {
      whole: false,
      sentence:
        "Entry 87 is the first that is not as it was written. Its hash does not fit what it says.",
      seal: "",
    };
  },
};
