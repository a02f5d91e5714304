import type {
  CaptureStart,
  CountryChoice,
  Reading,
  SaveOutcome,
  SavedRow,
  TextGroup,
  TextState,
  Typed,
  commands as realCommands,
} from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import { backups } from "./backups";
import { exports } from "./exports";
import { duplicates, undoSettled } from "./duplicates";
import { find } from "./find";
import { flip } from "./flip";
import { gateway } from "./gateway";
import { handing } from "./handing";
import { importing } from "./importing";
import { inbox } from "./inbox";
import { keeping } from "./keeping";
import { stopWork } from "./long";
import { person } from "./person";
import { purposes } from "./purposes";
import { asks, words } from "./words";
import { CAMPAIGN, aText } from "./world";

export type * from "../../src/api/bindings";
export { events, reset, tell, tellProgress, world } from "./core";
export { drop } from "./dropped";
export { finish } from "./long";

let forms = 0;

const GROUP_OF: Record<TextState, TextGroup> = {
  waiting: "waiting",
  sending: "going",
  accepted: "going",
  delivered: "done",
  not_sent: "done",
  undelivered: "needs_you",
  failed: "needs_you",
  uncertain: "needs_you",
};

const NO_ONE: Typed = {
  first_name: "",
  last_name: "",
  mobile: "",
  email: "",
  postcode: "",
  language: "en",
  answers: {},
  wordings: {},
};

function aStart(): CaptureStart {
  const form = world.draft ?? { ...NO_ONE, answers: {} };
  return {
    capture_id: `form-${++forms}`,
    form,
    restored: world.draft !== null,
    asks: asks(),
    what_happens: "One text when we are online again; they reply YES to confirm.",
    languages: world.languages,
  };
}

function read(typed: string): Reading {
  const digits = typed.replaceAll(/\D/g, "");
  const national = `${digits.slice(0, 5)} ${digits.slice(5)}`.trim();
  if (digits.startsWith("020") && digits.length >= 11) {
    return {
      kind: "landline",
      typed_as: `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
      sentence: "That is a landline: it cannot get texts.",
      spoken: "",
      usable: false,
      same: [],
    };
  }
  if (digits.length < 11) {
    return {
      kind: digits ? "incomplete" : "unreadable",
      typed_as: typed,
      sentence: digits ? "Keep typing." : "A mobile number has no letters. Type just the digits.",
      spoken: "",
      usable: false,
      same: [],
    };
  }
  return {
    kind: "mobile",
    typed_as: national,
    sentence: "UK mobile",
    spoken: "zero double seven, double zero · nine double zero · one two three",
    usable: true,
    same: world.people
      .filter((person) => person.mobile.replaceAll(/\D/g, "") === digits)
      .map((person) => ({
        supporter_id: person.id,
        name: person.name,
        when: person.captured_at,
        by: person.by,
      })),
  };
}

async function save(captureId: string, form: Typed, chosen: boolean): Promise<SaveOutcome> {
  if (world.saveMs) await new Promise((done) => setTimeout(done, world.saveMs));
  const problems: { field: string; sentence: string }[] = [];
  if (!form.first_name && !form.last_name) {
    problems.push({
      field: "first_name",
      sentence: "Type a first name, or whatever they go by.",
    });
  }
  const { usable, sentence, same } = read(form.mobile);
  if (form.mobile && !usable) {
    problems.push({
      field: "mobile",
      sentence: `${sentence} Correct it, or clear it to save without a mobile.`,
    });
  }
  if (problems.length > 0) return { is: "invalid", problems };
  if (same.length > 0 && !chosen) return { is: "same_mobile", same };
  const agrees = form.answers["texts"] === true;
  const name = `${form.first_name} ${form.last_name}`.trim();
  const saved = {
    capture_id: captureId,
    name,
    mobile: form.mobile,
    sentence: agrees ? "One text waits." : "No text: not agreed.",
    at: new Date().toISOString(),
  };
  world.saved = [saved, ...world.saved];
  world.draft = null;
  return {
    is: "saved",
    saved,
    sentence: agrees ? "The text goes when you are back online." : "No text goes to them.",
    next: aStart(),
  };
}

const COUNTRIES: CountryChoice[] = [
  { code: "IE", name: "Ireland" },
  { code: "GB", name: "United Kingdom" },
  { code: "US", name: "United States" },
];

/** Half hours from 8am to 9pm. */
function hoursToChoose(): { minute: number; name: string }[] {
  return Array.from({ length: 27 }, (_, index) => {
    const minute = 8 * 60 + index * 30;
    const hour = Math.floor(minute / 60);
    const rest = minute % 60 === 0 ? "" : ":30";
    const half = hour < 12 ? "am" : "pm";
    const name = minute === 12 * 60 ? "noon" : `${((hour + 11) % 12) + 1}${rest}${half}`;
    return { minute, name };
  });
}

export const commands: typeof realCommands = {
  ...gateway,
  ...words,
  ...inbox,
  ...person,
  ...purposes,
  ...flip,
  ...keeping,
  ...importing,
  ...exports,
  ...handing,
  ...backups,
  stopWork,
  ...find,
  ...duplicates,
  scene: () => answer("scene", () => world.scene),
  countries: async () => COUNTRIES,
  judgePassphrase: async (passphrase) => {
    const score = Math.min(4, Math.floor(passphrase.length / 5));
    const enough = score >= 3;
    return {
      score,
      enough,
      sentence: enough ? "Strong enough." : "Too easy to guess: add a word.",
    };
  },
  startPractice: () =>
    answer("startPractice", () => {
      const campaign = { ...CAMPAIGN, practice: true };
      world.scene = { at: "open", campaign };
      return campaign;
    }),
  leavePractice: () =>
    answer("leavePractice", () => {
      world.scene = { at: "first_run" };
      return null;
    }),
  createCampaign: () =>
    answer("createCampaign", () => ({
      groups: ["4FQ7", "M2XK", "9TRD", "HW3P", "6CVN", "81ZE", "QK5J", "R0YA"],
    })),
  finishSetup: () =>
    answer("finishSetup", () => {
      const campaign = { ...CAMPAIGN, shift: null };
      world.scene = { at: "open", campaign };
      return campaign;
    }),
  unlock: async (passphrase) => {
    if (passphrase !== world.passphrase) {
      world.pause = world.pause * 2 || 2;
      return refuse("wrong_passphrase", "That is not the passphrase of this campaign.");
    }
    return answer("unlock", () => {
      world.scene = { at: "open", campaign: CAMPAIGN };
      return CAMPAIGN;
    });
  },
  unlockPause: async () => world.pause,
  recover: () => answer("recover", () => CAMPAIGN),
  changePassphrase: () => answer("changePassphrase", () => null),
  newRecoveryCode: () =>
    answer("newRecoveryCode", () => ({
      groups: ["4FQ7", "M2XK", "9TRD", "HW3P", "6CVN", "81ZE", "QK5J", "R0YA"],
    })),
  lock: () =>
    answer("lock", () => {
      world.scene = { at: "locked", campaign: CAMPAIGN.name };
      return null;
    }),
  startShift: (canvasser, place) =>
    answer("startShift", () => {
      const shift = { canvasser, place };
      if (world.scene.at === "open") {
        world.scene = { at: "open", campaign: { ...world.scene.campaign, shift } };
      }
      return shift;
    }),

  startCapture: () => answer("startCapture", aStart),
  readMobile: (typed) => answer("readMobile", () => read(typed)),
  saveDraft: (_captureId, form) =>
    answer("saveDraft", () => {
      world.draft = form;
      return null;
    }),
  saveCapture: (captureId, form, choice) =>
    answer("saveCapture", () => save(captureId, form, choice !== null)),
  handset: async (captureId) => {
    const row = world.saved.find(({ capture_id }) => capture_id === captureId);
    if (!row) return refuse("not_found", "This capture is not there any more.");
    return answer("handset", () => ({
      name: row.name,
      wording: world.wording,
      language: "en",
      rtl: false,
      message: "JOIN K7MX2",
      number: "07700 900199",
      side: 29,
      path: "M4 4h7v1h-7zM4 10h7v1h-7zM18 4h7v7h-7zM4 18h7v7h-7z",
    }));
  },
  lastSaved: () => answer("lastSaved", () => world.saved.slice(0, 10)),
  undo: () =>
    answer("undo", () => {
      const settled = undoSettled();
      if (settled) return settled;
      const [set, ...older] = world.set;
      if (set) {
        world.set = older;
        set.back();
        tell("campaign");
        return { name: set.called, sentence: "The former words stand again." };
      }
      const [last, ...rest] = world.saved;
      world.saved = rest;
      world.undone = last ? [last, ...world.undone] : world.undone;
      return { name: last?.name ?? "", sentence: "Their text does not go." };
    }),
  redo: () =>
    answer("redo", () => {
      const [last, ...rest] = world.undone;
      world.undone = rest;
      world.saved = last ? [last, ...world.saved] : world.saved;
      return { name: last?.name ?? "", sentence: "One text waits." };
    }),
  undoable: () =>
    answer("undoable", () => {
      const called = (row: SavedRow | undefined) => (row ? `the capture of ${row.name}` : null);
      const set = world.settled[0] ?? world.set[0];
      return { undo: set?.called ?? called(world.saved[0]), redo: called(world.undone[0]) };
    }),
  settingsChanged: () => answer("settingsChanged", () => world.changed),

  texts: (group, offset, limit) =>
    answer("texts", () => {
      const counts = { needs_you: 0, going: 0, waiting: 0, done: 0 };
      for (const text of world.texts) counts[GROUP_OF[text.state]] += 1;
      const rows = world.texts.filter((text) => GROUP_OF[text.state] === group);
      const { holds, held } = world;
      return { counts, holds, held, group, rows: rows.slice(offset, offset + limit) };
    }),
  textEvidence: () => answer("textEvidence", () => world.evidence),
  sendNow: () => answer("sendNow", () => null),
  cancelText: (id) =>
    answer("cancelText", () => {
      world.texts = world.texts.map((text, index) =>
        text.id === id ? { ...aText(index, "not_sent"), id, sentence: "You cancelled it." } : text,
      );
      return null;
    }),
  tryAgain: () => answer("tryAgain", () => null),
  releaseHold: (id) =>
    answer("releaseHold", () => {
      world.holds = world.holds.filter((hold) => hold.id !== id);
      return null;
    }),
  foreseeRelease: () => answer("foreseeRelease", () => world.release),
  releaseAll: async (shown) => {
    if (JSON.stringify(shown) !== JSON.stringify(world.release)) {
      const sentence = "Something changed meanwhile. Look again at what would happen.";
      return refuse("too_late", sentence);
    }
    return answer("releaseAll", () => {
      world.holds = [];
      world.held = 0;
      world.texts = world.texts.map((text, index) =>
        text.state === "uncertain" && !world.never.includes(text.id)
          ? { ...aText(index, "waiting"), id: text.id }
          : text,
      );
      return world.release;
    });
  },

  phoneTexts: () => answer("phoneTexts", () => world.phone),

  rules: () =>
    answer("rules", () => ({ rules: structuredClone(world.rules), hours: hoursToChoose() })),
  saveRules: (rules) =>
    answer("saveRules", () => {
      world.rules = rules;
      return null;
    }),
  checkLedger: () => answer("checkLedger", () => world.ledger),
  saveLedger: () =>
    answer("saveLedger", () => "/home/sam/Downloads/consent-ledger-2026-11-25-140509.jsonl"),
  forecast: () => answer("forecast", () => world.forecast),
};
