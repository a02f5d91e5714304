import type {
  Ask,
  FindingView,
  LanguageChoice,
  Preview,
  TemplateView,
  WordingView,
  commands as realCommands,
} from "../../src/api/bindings";
import { answer, world } from "./core";
import { CAMPAIGN } from "./world";

export const LANGUAGES: LanguageChoice[] = [
  { tag: "en", name: "English" },
  { tag: "cy", name: "Cymraeg" },
  { tag: "ur", name: "اردو" },
  { tag: "bn", name: "বাংলা" },
  { tag: "pl", name: "Polski" },
];

/** What is asked, and how the box beside it is labelled. */
const ASKED = [
  { purpose: "texts", label: "Agrees to texts" },
  { purpose: "opinions", label: "Keeps what I think" },
];

/** The words that are not the world's own English wording of texts, by purpose and language. */
const WORDINGS: Record<string, Record<string, string>> = {
  texts: {
    cy:
      "A gaiff Clean Air Now anfon negeseuon testun atoch am yr ymgyrch: newyddion, digwyddiadau a ffyrdd o helpu? " +
      "Eich dewis chi yw hyn. Yn gyntaf, cewch un neges destun i gadarnhau. " +
      "Gallwch stopio'r negeseuon ar unrhyw adeg drwy ateb STOP. Ydych chi'n cytuno, ydw neu nac ydw?",
    ur:
      "کیا Clean Air Now کو اجازت ہے کہ آپ کو مہم کے بارے میں ٹیکسٹ پیغامات بھیجے: خبریں، تقریبات اور مدد کرنے کے طریقے؟ " +
      "فیصلہ آپ کا ہے۔ پہلے تصدیق کے لیے ایک پیغام آئے گا۔ " +
      "کسی بھی وقت جواب میں STOP لکھ کر یہ پیغامات بند کروائے جا سکتے ہیں۔ کیا آپ کو یہ منظور ہے، ہاں یا نہیں؟",
  },
  opinions: {
    en:
      "May Clean Air Now keep a note of what you think: whether you support us, and what matters to you? " +
      "That can show your political opinions or union membership. It is your choice, and texts do not depend on it. " +
      "You can change your mind and have it deleted at any time. Do you agree, yes or no?",
    cy:
      "A gaiff Clean Air Now gadw nodyn o'ch barn: a ydych chi'n ein cefnogi, a beth sy'n bwysig i chi? " +
      "Gall hynny ddangos eich barn wleidyddol neu'ch aelodaeth o undeb llafur. Eich dewis chi yw hyn, " +
      "ac nid yw'r negeseuon testun yn dibynnu arno. Gallwch ofyn i ni ei ddileu ar unrhyw adeg. " +
      "Ydych chi'n cytuno, ydw neu nac ydw?",
    ur:
      "کیا Clean Air Now کو اجازت ہے کہ آپ کی رائے لکھ کر رکھے: آیا آپ ہمارے حامی ہیں، اور آپ کے لیے کون سی باتیں اہم ہیں؟ " +
      "اس سے آپ کے سیاسی خیالات یا ٹریڈ یونین کی رکنیت ظاہر ہو سکتی ہے۔ فیصلہ آپ کا ہے، اور ٹیکسٹ پیغامات کا اس پر کوئی انحصار نہیں۔ " +
      "آپ جب کہیں، اسے مٹا دیا جائے گا۔ کیا آپ کو یہ منظور ہے، ہاں یا نہیں؟",
  },
};

function keyOf(purpose: string, language: string): string {
  return `${purpose} ${language}`;
}

function wordingOf(purpose: string, language: string): string {
  if (purpose === "texts" && language === "en") return world.wording;
  return world.rewritten[keyOf(purpose, language)] ?? WORDINGS[purpose]?.[language] ?? "";
}

/** What a person is asked, with everything that can be read out for it. */
export function asks(): Ask[] {
  return ASKED.map((asked) => ({
    ...asked,
    wordings: ["en", "cy", "ur"].map((language) => ({
      language,
      body: wordingOf(asked.purpose, language),
    })),
  }));
}

/** One thing that is forbidden and one piece of advice: enough to see how both look. */
function judge(body: string, mustStop: boolean): FindingView[] {
  const findings: FindingView[] = [];
  if (mustStop && !body.includes("STOP")) {
    findings.push({
      forbidden: true,
      reason: "The wording does not say how to stop (UK GDPR Art 7(3)).",
      mend: "Add that they can reply STOP at any time.",
      from: null,
      to: null,
      instead: null,
    });
  }
  const from = body.indexOf("!!!");
  if (from >= 0) {
    findings.push({
      forbidden: false,
      reason:
        "Carriers filter what looks like spam, and “!!!” does (CTIA Messaging Principles 5.3).",
      mend: "Write “!”.",
      from,
      to: from + 3,
      instead: "!",
    });
  }
  return findings;
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
  };
}

function template(body: string, version: number): TemplateView {
  return { body, version, preview: preview(body), findings: judge(body, true) };
}

function wordingView(purpose: string, body: string, version: number): WordingView {
  return { body, version, findings: judge(body, purpose === "texts") };
}

const CONFIRMATION = keyOf("confirmation", "");

function confirmationOf(language: string): string {
  return language === "en"
    ? world.body
    : (world.rewritten[CONFIRMATION + language] ??
        "{campaign}: {first_name}, {canvasser}. Reply YES to get our texts, or STOP to get none.");
}

type Words =
  | "confirmation"
  | "previewConfirmation"
  | "saveConfirmation"
  | "wording"
  | "judgeWording"
  | "saveWording";

export const words: Pick<typeof realCommands, Words> = {
  confirmation: (language) => answer("confirmation", () => template(confirmationOf(language), 3)),
  previewConfirmation: (_language, body) => answer("previewConfirmation", () => template(body, 3)),
  saveConfirmation: (language, body) =>
    answer("saveConfirmation", () => {
      if (language === "en") world.body = body;
      else world.rewritten[CONFIRMATION + language] = body;
      return template(body, 4);
    }),
  wording: (purpose, language) =>
    answer("wording", () => wordingView(purpose, wordingOf(purpose, language), 2)),
  judgeWording: (purpose, _language, body) =>
    answer("judgeWording", () => judge(body, purpose === "texts")),
  saveWording: (purpose, language, body) =>
    answer("saveWording", () => {
      if (purpose === "texts" && language === "en") world.wording = body;
      else world.rewritten[keyOf(purpose, language)] = body;
      return wordingView(purpose, body, 3);
    }),
};
