import type {
  Ask,
  FindingView,
  Preview,
  TemplateView,
  WordingView,
  TemplateKind,
  commands as realCommands,
} from "../../src/api/bindings";
import { answer, tell, world } from "./core";
import { CAMPAIGN } from "./world";

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

/** The version of words that stands, of which there were so many before any was saved. */
function versionOf(key: string, before: number): number {
  return before + (world.saves[key] ?? 0);
}

/** Keeps words as a version of their own, and so does Undo with the former ones. */
function keep(key: string, called: string, [former, body]: [string, string]): void {
  const put = (words: string): void => {
    if (key === "texts en") world.wording = words;
    else if (key === "confirmation en") world.body = words;
    else world.rewritten[key] = words;
    world.saves[key] = (world.saves[key] ?? 0) + 1;
  };
  put(body);
  const language = key.slice(key.lastIndexOf(" ") + 1);
  const name = world.languages.find(({ tag }) => tag === language)?.name ?? language;
  world.set = [{ called: `${called}, in ${name}`, back: () => put(former) }, ...world.set];
  tell("campaign");
}

function wordingOf(purpose: string, language: string): string {
  if (purpose === "texts" && language === "en") return world.wording;
  return world.rewritten[keyOf(purpose, language)] ?? WORDINGS[purpose]?.[language] ?? own(purpose);
}

/** The default English wording of a purpose that the organiser added. */
function own(purpose: string): string {
  const name = world.purposes.find(({ key }) => key === purpose)?.name ?? "";
  return `May Clean Air Now reach you: ${name}? It is your choice. You can stop at any time. Do you agree, yes or no?`;
}

/** The added languages that a purpose has words in. */
function writtenIn(purpose: string): string[] {
  const added = world.languages.filter((language) => language.added);
  return added.map(({ tag }) => tag).filter((tag) => keyOf(purpose, tag) in world.rewritten);
}

/** Where a language that was added has no words yet, English stands in as version 0. */
function standsIn(key: string, language: string): boolean {
  return (
    world.languages.some(({ tag, added }) => tag === language && added) && !(key in world.rewritten)
  );
}

/** What a person is asked, with everything that can be read out for it. */
export function asks(): Ask[] {
  const asked = world.purposes.filter(({ retired_at }) => retired_at === null);
  return asked.map(({ key, name, channel }) => ({
    purpose: key,
    name,
    label:
      channel === "opinions" ? name : `Agrees to ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    wordings: ["en", ...new Set(["cy", "ur", ...writtenIn(key)])].map((language) => ({
      id: `${key}-${language}`,
      language,
      rtl: world.languages.some(({ tag, rtl }) => tag === language && rtl),
      body: wordingOf(key, language),
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

const DEFAULTS: Record<TemplateKind, string> = {
  confirmation:
    "{campaign}: {first_name}, {canvasser}. Reply YES to get our texts, or STOP to get none.",
  reminder: "{campaign}: {first_name}, we have not heard from you. Reply YES, or STOP to stop.",
  goodbye: "{campaign}: you get no more texts from us. Reply START if that was a mistake.",
  help: "{campaign}: you said yes to our texts. Reply STOP to stop.",
};

function templateOf(kind: TemplateKind, language: string): string {
  if (kind === "confirmation" && language === "en") return world.body;
  return world.rewritten[keyOf(kind, language)] ?? DEFAULTS[kind];
}

type Words =
  "template" | "previewTemplate" | "saveTemplate" | "wording" | "judgeWording" | "saveWording";

export const words: Pick<typeof realCommands, Words> = {
  template: (kind, language) =>
    answer("template", () =>
      standsIn(keyOf(kind, language), language)
        ? template(templateOf(kind, "en"), 0)
        : template(templateOf(kind, language), versionOf(keyOf(kind, language), 3)),
    ),
  previewTemplate: (_kind, _language, body) => answer("previewTemplate", () => template(body, 3)),
  saveTemplate: (kind, language, body) =>
    answer("saveTemplate", () => {
      const key = keyOf(kind, language);
      keep(key, `the ${kind} text`, [templateOf(kind, language), body]);
      return template(body, versionOf(key, 3));
    }),
  wording: (purpose, language) =>
    answer("wording", () =>
      standsIn(keyOf(purpose, language), language)
        ? wordingView(purpose, wordingOf(purpose, "en"), 0)
        : wordingView(
            purpose,
            wordingOf(purpose, language),
            versionOf(keyOf(purpose, language), 2),
          ),
    ),
  judgeWording: (purpose, _language, body) =>
    answer("judgeWording", () => judge(body, purpose === "texts")),
  saveWording: (purpose, language, body) =>
    answer("saveWording", () => {
      const key = keyOf(purpose, language);
      keep(key, `the wording for ${purpose}`, [wordingOf(purpose, language), body]);
      return wordingView(purpose, body, versionOf(key, 2));
    }),
};
