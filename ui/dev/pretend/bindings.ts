import type {
  CaptureStart,
  Code,
  CountryChoice,
  Failure,
  Preview,
  Reading,
  SaveOutcome,
  TextGroup,
  TextState,
  Topic,
  Typed,
  commands as realCommands,
} from "../../src/api/bindings";
import { SCENES } from "./scenes";
import { CAMPAIGN, aText, emptyWorld, type World } from "./world";

export type * from "../../src/api/bindings";

/** The pretend core's present state: tests and scenes change it before or while a screen is shown. */
export const world: World = emptyWorld();

SCENES[new URLSearchParams(location.search).get("scene") ?? ""]?.(world);

const heard = new Set<(event: { payload: { topic: Topic } }) => void>();
let forms = 0;

/** Says that something changed, as the core does. */
export function tell(topic: Topic): void {
  for (const hear of heard) hear({ payload: { topic } });
}

/** Puts the world back to an empty, open campaign. */
export function reset(): void {
  Object.assign(world, emptyWorld());
}

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Failure };

async function answer<T>(command: string, data: () => T | Promise<T>): Promise<Answer<T>> {
  const failure = world.failures[command];
  return failure ? { status: "error", error: failure } : { status: "ok", data: await data() };
}

function refuse<T>(code: Code, sentence: string): Answer<T> {
  return { status: "error", error: { code, sentence, field: null } };
}

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
  agrees: false,
};

function aStart(): CaptureStart {
  const form = world.draft ?? { ...NO_ONE };
  return {
    capture_id: `form-${++forms}`,
    form,
    restored: world.draft !== null,
    wording: world.wording,
    what_happens: "One text when we are online again; they reply YES to confirm.",
    languages: [
      { tag: "en", name: "English" },
      { tag: "cy", name: "Cymraeg" },
      { tag: "ur", name: "اردو" },
      { tag: "bn", name: "বাংলা" },
      { tag: "pl", name: "Polski" },
    ],
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

function preview(body: string): Preview {
  const rendered = body
    .replaceAll("{first_name}", "Amina")
    .replaceAll("{campaign}", CAMPAIGN.name)
    .replaceAll("{canvasser}", "Sam");
  const curly = rendered.includes("’");
  const room = curly ? 67 : 153;
  const one = curly ? 70 : 160;
  const segments = rendered.length <= one ? 1 : Math.ceil(rendered.length / room);
  return {
    rendered,
    segments,
    encoding: curly ? "UCS-2" : "GSM-7",
    used: rendered.length,
    room: (segments === 1 ? one : segments * room) - rendered.length,
    forcing: curly ? [{ character: "’", name: "curly apostrophe", instead: "'" }] : [],
    problems: body.includes("STOP") ? [] : ["Say how to stop: for example “Reply STOP to stop.”"],
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
  const name = `${form.first_name} ${form.last_name}`.trim();
  const saved = {
    capture_id: captureId,
    name,
    mobile: form.mobile,
    sentence: form.agrees ? "One text waits." : "No text: not agreed.",
    at: new Date().toISOString(),
    can_undo: true,
  };
  world.saved = [saved, ...world.saved];
  world.draft = null;
  return {
    is: "saved",
    saved,
    sentence: form.agrees ? "The text goes when you are back online." : "No text goes to them.",
    next: aStart(),
  };
}

const COUNTRIES: CountryChoice[] = [
  { code: "IE", name: "Ireland" },
  { code: "GB", name: "United Kingdom" },
  { code: "US", name: "United States" },
];

export const commands: typeof realCommands = {
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
  lastSaved: () => answer("lastSaved", () => world.saved.slice(0, 10)),
  undo: () =>
    answer("undo", () => {
      const [last, ...rest] = world.saved;
      world.saved = rest;
      return { name: last?.name ?? "", sentence: "Taken back: no text goes to them." };
    }),

  people: (offset, limit) =>
    answer("people", () => ({
      total: world.people.length,
      rows: world.people.slice(offset, offset + limit),
    })),
  texts: (group, offset, limit) =>
    answer("texts", () => {
      const counts = { needs_you: 0, going: 0, waiting: 0, done: 0 };
      for (const text of world.texts) counts[GROUP_OF[text.state]] += 1;
      const rows = world.texts.filter((text) => GROUP_OF[text.state] === group);
      return { counts, holds: world.holds, group, rows: rows.slice(offset, offset + limit) };
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

  connection: () => answer("connection", () => world.connection),
  networkChanged: () => answer("networkChanged", () => null),
  gatewayForm: () => answer("gatewayForm", () => structuredClone(world.gateway)),
  saveGateway: (form) =>
    answer("saveGateway", () => {
      if (form.kind === "twilio" && !form.twilio.account_sid.startsWith("AC")) {
        return {
          is: "invalid" as const,
          problems: [{ field: "account_sid", sentence: "An Account SID begins with AC." }],
        };
      }
      world.gateway = {
        kind: form.kind,
        twilio: { ...form.twilio, has_auth_token: form.twilio.auth_token !== "", auth_token: "" },
        kannel: { ...form.kannel, has_password: form.kannel.password !== "", password: "" },
      };
      return { is: "saved" as const, sentence: "The gateway is saved.", warnings: [] };
    }),
  checkGateway: () =>
    answer("checkGateway", () => ({
      ok: false,
      sentence: "Twilio does not know this key (20003).",
      what_to_do: "Check the API key and its secret in the Auth token field, then save.",
      text_id: null,
    })),
  sendTestText: () =>
    answer("sendTestText", () => ({
      ok: true,
      sentence: "The test text was taken by the gateway.",
      what_to_do: null,
      text_id: null,
    })),
  phoneTexts: () => answer("phoneTexts", () => world.phone),

  confirmation: () =>
    answer("confirmation", () => ({ body: world.body, version: 3, preview: preview(world.body) })),
  previewConfirmation: (body) => answer("previewConfirmation", () => preview(body)),
  saveConfirmation: (body) =>
    answer("saveConfirmation", () => {
      world.body = body;
      return { body, version: 4, preview: preview(body) };
    }),
  wording: () => answer("wording", () => ({ body: world.wording, version: 2 })),
  saveWording: (body) =>
    answer("saveWording", () => {
      world.wording = body;
      return { body, version: 3 };
    }),
};

export const events = {
  changed: {
    listen: async (hear: (event: { payload: { topic: Topic } }) => void) => {
      heard.add(hear);
      return () => heard.delete(hear);
    },
  },
};
