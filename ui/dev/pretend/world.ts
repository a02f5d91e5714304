import type {
  CampaignView,
  Connection,
  EvidenceRow,
  Failure,
  Forecast,
  GatewayForm,
  HoldView,
  FormerGateway,
  LedgerChecked,
  Pair,
  PastRow,
  PersonRow,
  PersonView,
  PhoneText,
  PurposeRow,
  Receipt,
  Release,
  Rules,
  SavedFilter,
  SavedRow,
  Scene,
  SettingChanged,
  SpokenLanguage,
  TextRow,
  TextState,
  ThreadView,
  Typed,
} from "../../src/api/bindings";

import { emptyLists, type Lists } from "./world-lists";

/** A thread, and what only its line in Inbox says. */
export type Thread = { view: ThreadView; name: string; to_read: boolean };

/** What the pretend core holds: enough of a campaign to look at every screen, and none of the core's rules. */
export type World = {
  scene: Scene;
  people: PersonRow[];
  /** How many more there are, made as they are asked for: a million need no memory. */
  crowd: number;
  filters: SavedFilter[];
  /** What is found is spelled only nearly as it was typed. */
  near: boolean;
  /** Records that may be one person, and since when that is known. */
  pairs: Pair[];
  lookedAt: string | null;
  listedSince: boolean;
  looking: boolean;
  /** Pairs that were merged or told apart, newest first, and what Undo calls that. */
  settled: { pair: Pair; called: string; name: string }[];
  texts: TextRow[];
  holds: HoldView[];
  /** How many texts a release of everything is about, and what it does. */
  held: number;
  release: Release;
  /** The texts that may not go at all: a release leaves them as they are. */
  never: string[];
  saved: SavedRow[];
  /** What Undo took away, newest first. */
  undone: SavedRow[];
  /** What was set and Undo undoes, newest first. */
  set: { called: string; back: () => void }[];
  /** How often words were saved, by what they are for and in which language. */
  saves: Record<string, number>;
  /** What Settings tells of it, newest first. */
  changed: SettingChanged[];
  phone: PhoneText[];
  evidence: EvidenceRow[];
  threads: Thread[];
  /** Pages of people of whom more is known than their row says. */
  persons: PersonView[];
  /** An entry of the ledger to its receipt. */
  receipts: Record<string, Receipt>;
  forecast: Forecast;
  rules: Rules;
  /** Who was last heard of before the time for which people are kept. */
  past: PastRow[];
  ledger: LedgerChecked;
  formers: FormerGateway[];
  connection: Connection;
  draft: Typed | null;
  gateway: GatewayForm;
  /** The confirmation text in English. */
  body: string;
  /** What is read out for texts in English. */
  wording: string;
  /** Other words that were saved, by what they are for and in which language. */
  rewritten: Record<string, string>;
  /** Everything that is asked, or was once. */
  purposes: PurposeRow[];
  languages: SpokenLanguage[];
  pause: number;
  passphrase: string;
  /** A command's name to the failure it answers with. */
  failures: Partial<Record<string, Failure>>;
  /** The flip screen's PIN. */
  pin: string | null;
  /** How long a save takes, in milliseconds. */
  saveMs: number;
  /** Lists, backups and what goes between laptops. */
  lists: Lists;
};

export const CAMPAIGN: CampaignView = {
  name: "Clean Air Now",
  country: "GB",
  organiser: "Maya Okafor",
  practice: false,
  shift: { canvasser: "Sam", place: "Brixton tube" },
  suggested_canvasser: "Sam",
  suggested_place: "Brixton tube",
};

const COMES: Record<string, string> = {
  texts: "Texts",
  calls: "Calls",
  email: "Emails",
  post: "Letters",
};

/** One that the organiser added. */
export function aPurpose(channel: PurposeRow["channel"], about: string): PurposeRow {
  return {
    key: `${channel}-${about}`,
    name: `${COMES[channel] ?? ""} about ${about}`,
    channel,
    added_at: "2026-11-03T10:00:00Z",
    retired_at: null,
  };
}

/** The two that every campaign has. */
const READY: PurposeRow[] = [
  { key: "texts", name: "Texts", channel: "texts", added_at: null, retired_at: null },
  {
    key: "opinions",
    name: "Keeps what I think",
    channel: "opinions",
    added_at: null,
    retired_at: null,
  },
];

function ready(tag: string, name: string, rtl = false): SpokenLanguage {
  return { tag, name, rtl, added: false, labels: tag };
}

const LANGUAGES: SpokenLanguage[] = [
  ready("en", "English"),
  ready("cy", "Cymraeg"),
  ready("es", "Español"),
  ready("pl", "Polski"),
  ready("ur", "اردو", true),
  ready("bn", "বাংলা"),
];

const WORDING =
  "May Clean Air Now send you texts about the campaign: news, events and ways to help? It is your choice. " +
  "First you get one text to confirm. You can stop at any time by replying STOP. Do you agree, yes or no?";

export function emptyWorld(): World {
  return {
    scene: { at: "open", campaign: CAMPAIGN },
    people: [],
    crowd: 0,
    filters: [],
    near: false,
    pairs: [],
    lookedAt: minutesAgo(12),
    listedSince: false,
    looking: false,
    settled: [],
    texts: [],
    holds: [],
    held: 0,
    release: {
      texts: 4,
      sentences: [
        "2 people get a text now.",
        "1 person gets a text from 8am in London.",
        "1 text does not go. The number is opted out.",
      ],
      warning: "3 of them may have gone since the backup: those people may get it twice.",
    },
    never: [],
    saved: [],
    undone: [],
    set: [],
    saves: {},
    changed: [],
    phone: [],
    evidence: [],
    threads: [],
    persons: [],
    receipts: {},
    forecast: {
      go: { count: 0, reasons: [], rows: [] },
      wait: { count: 0, reasons: [], rows: [] },
      blocked: { count: 0, reasons: [], rows: [] },
      segments: 0,
      online: false,
    },
    rules: {
      from: 8 * 60,
      to: 21 * 60,
      sundays: true,
      holidays: true,
      relies_on: "confirmed",
      reminder_after: null,
      kept_for: null,
      contact: "",
      domains: [],
    },
    past: [],
    formers: [],
    ledger: {
      whole: true,
      sentence: "All 212 entries are as they were written.",
      seal: "9f2c 41d8 07be 6a53 c1e0 84f7 22ab 5d96",
    },
    connection: {
      online: false,
      gateway: "Twilio",
      waiting: 0,
      sentence: "The gateway cannot be reached. Texts wait and go by themselves.",
      problem: null,
      clock: null,
    },
    draft: null,
    gateway: {
      kind: "practice",
      twilio: {
        account_sid: "",
        api_key: "",
        auth_token: "",
        has_auth_token: false,
        sender: "",
        api_address: "https://api.twilio.com",
        texts_per_second: "1",
      },
      kannel: {
        gateway_address: "http://127.0.0.1:13013",
        user_name: "",
        password: "",
        has_password: false,
        sender: "",
        report_address: "http://127.0.0.1:8686",
        texts_per_second: "20",
      },
      pocket: {
        phone_address: "",
        user_name: "",
        password: "",
        has_password: false,
        number: "",
        texts_per_second: "0.2",
      },
    },
    body: "Hi {first_name}, {canvasser} from {campaign} here. Reply YES to confirm you'd like our texts, or STOP to stop.",
    wording: WORDING,
    rewritten: {},
    purposes: READY,
    languages: LANGUAGES,
    pause: 0,
    passphrase: "correct horse battery staple",
    failures: {},
    pin: null,
    saveMs: 0,
    lists: emptyLists(),
  };
}

const NAMES = [
  "Amina Khan",
  "Rhys ap Gwilym",
  "Oluwaseun Adébáyọ̀-Featherstonehaugh",
  "Priya Sharma",
  "Tom Hill",
  "Zofia Wójcik",
  "Li Wei",
  "Fatima Begum",
  "Siân Ŵyn",
  "George Papadopoulos",
];

export const WORDS: Record<TextState, string> = {
  waiting: "Waiting",
  sending: "Sending",
  accepted: "Sent",
  delivered: "Delivered",
  undelivered: "Undelivered",
  failed: "Failed",
  uncertain: "Uncertain",
  not_sent: "Not sent",
};

const MENDING: Partial<Record<TextState, string>> = {
  failed: "The gateway refused this number: it cannot get texts. Ask for it again.",
  undelivered: "The text did not arrive: the phone was off or out of reach. Look at the number.",
  uncertain: "The gateway's answer was lost. Decide in Texts whether the text goes again.",
};

const TO_PUT_RIGHT: Partial<Record<TextState, string>> = {
  failed: "Number refused",
  undelivered: "Number mistyped",
  uncertain: "Text uncertain",
};

const SENTENCES: Record<TextState, string> = {
  waiting: "Goes as soon as the gateway can be reached.",
  sending: "On its way to the gateway.",
  accepted: "The gateway has taken it. It says when the phone has it.",
  delivered: "It is on the phone.",
  undelivered:
    "The gateway took it, but it did not arrive: the phone was off or out of reach. Try again later.",
  failed: "The gateway refused it: this number cannot get texts. Ask for it again and correct it.",
  uncertain:
    "The gateway's answer was lost, so it may have gone. Placard is asking the provider and will not send it twice.",
  not_sent: "This phone is shared, and gets one text: it goes to the other person.",
};

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

export function minutesAhead(minutes: number): string {
  return minutesAgo(-minutes);
}

/** "07700 900101" as "+447700900101". */
export function e164(mobile: string): string {
  return mobile.replaceAll(" ", "").replace(/^0/, "+44");
}

/** "+447700900101" as "07700 900101"; nothing where it is no number. */
export function national(number: string): string {
  return number.startsWith("+44") ? number.replace(/^\+44(\d{4})/, "0$1 ") : "";
}

export function aText(index: number, state: TextState): TextRow {
  const name = NAMES[index % NAMES.length] ?? "";
  const number = `07700 900${String(100 + (index % 900)).padStart(3, "0")}`;
  return {
    id: `text-${index}`,
    name,
    mobile: number,
    state,
    state_word: WORDS[state],
    sentence: SENTENCES[state],
    until: null,
    at: minutesAgo(index * 3),
    can_send_now: state === "waiting",
    can_cancel: state === "waiting",
    can_try_again: state === "failed" || state === "undelivered" || state === "uncertain",
    try_again_warning:
      state === "uncertain"
        ? "It may have gone already. If you try again, the person may get it twice."
        : null,
    body: `Hi ${name.split(" ")[0] ?? ""}, Sam from Clean Air Now here. Reply YES to confirm you'd like our texts, or STOP to stop.`,
    segments: 1,
  };
}

export function aPerson(index: number, text: TextState | null): PersonRow {
  const name = NAMES[index % NAMES.length] ?? "";
  const at = minutesAgo(index * 3);
  return {
    id: `person-${index}`,
    name,
    mobile: index % 7 === 4 ? "" : `07700 900${String(100 + (index % 900)).padStart(3, "0")}`,
    email: index % 3 === 1 ? "" : `${name.split(" ")[0]?.toLowerCase() ?? ""}@example.org`,
    postcode: ["SW9 8EJ", "CF10 1EP", "SE24 0LR", ""][index % 4] ?? "",
    language: index % 6 === 2 ? "cy" : "en",
    consent: text !== null ? "agrees" : index % 2 === 0 ? "refused" : "not_asked",
    opted_out: false,
    text,
    captured_at: at,
    updated_at: at,
    by: index % 3 === 2 ? "Priya" : "Sam",
    to_put_right: (text && TO_PUT_RIGHT[text]) ?? null,
    needs_correcting: (text && MENDING[text]) ?? null,
  };
}

export function aSave(index: number): SavedRow {
  const person = aPerson(index, "waiting");
  return {
    capture_id: `capture-${index}`,
    name: person.name,
    mobile: person.mobile,
    sentence: person.mobile ? "One text waits." : "No mobile, so no text.",
    at: person.captured_at,
  };
}
