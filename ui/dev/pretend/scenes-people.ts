import type {
  Forecast,
  ForecastRow,
  Foreseens,
  PersonView,
  Receipt,
  TextRow,
  Happened,
} from "../../src/api/bindings";
import { aText, minutesAgo, minutesAhead } from "./world";

const HELD = "Waits for you: what they wrote may be an opt-out.";
const OUT = "This number is opted out. It gets no texts.";

/** What happens to some of the texts: as the forecast says it, and as the text's own row says it. */
const FATES = [
  { many: 5, why: "", sentence: "Goes as soon as the gateway can be reached.", until: null },
  {
    many: 7,
    why: "Waits for 8am in London.",
    sentence: "Waits for 8am in London: no text goes at this hour.",
    until: minutesAhead(11 * 60),
  },
  {
    many: 1,
    why: HELD,
    sentence:
      "Something that they wrote may be an opt-out. Decide in Inbox, then it goes or stays.",
    until: null,
  },
  { many: 1, why: OUT, sentence: OUT, until: null },
];

/** Texts that wait, and what will happen to each. */
export function WAITING(): { texts: TextRow[]; forecast: Forecast } {
  const fates = FATES.flatMap((fate) => Array.from({ length: fate.many }, () => fate));
  const texts = fates.map(({ sentence, until }, index): TextRow => ({
    ...aText(index, "waiting"),
    sentence,
    until,
  }));
  const rows = texts.map(({ name, mobile, segments }, index): ForecastRow => ({
    name,
    mobile,
    segments,
    why: fates[index]?.why ?? "",
    until: fates[index]?.until ?? null,
  }));
  const some = (from: number, to: number): Foreseens => {
    const group = rows.slice(from, to);
    const whys = [...new Set(group.map(({ why }) => why))].filter((why) => why !== "");
    const reasons = whys.map((why) => ({
      why,
      count: group.filter((row) => row.why === why).length,
    }));
    return { count: to - from, reasons, rows: group };
  };
  return {
    texts,
    forecast: {
      go: some(0, 5),
      wait: some(5, 13),
      blocked: some(13, 14),
      segments: 5,
      online: false,
    },
  };
}

const WORDING =
  "May Clean Air Now send you texts about the campaign: news, events and ways to help? It is your choice. " +
  "First you get one text to confirm. You can stop at any time by replying STOP. Do you agree, yes or no?";

function said(receipt: string | null, sentence: string, minutes: number, who = ""): Happened {
  return { receipt, sentence, at: minutesAgo(minutes), who };
}

const STORY: Happened[] = [
  said("confirmed", "Confirmed the yes to texts. In a text.", 55),
  said(null, "Texted us: “YES”", 55),
  said(null, "Confirmation text: The gateway says that it is on the phone.", 61),
  said("opinions", "Said no to a note of what they think. Spoken to the canvasser.", 62, "Sam"),
  said("texts", "Agreed to texts. Spoken to the canvasser.", 62, "Sam"),
  said(null, "Captured at Brixton tube.", 62, "Sam"),
  said(null, "Mobile changed from 07700 900109 to 07700 900100.", 60 * 24 * 3, "Priya"),
];

function aReceipt(sentence: string, more: Partial<Receipt>): Receipt {
  return {
    campaign: "Clean Air Now",
    name: "Amina Khan",
    mobile: "07700 900100",
    sentence,
    wording: WORDING,
    version: "Version 2 (English)",
    language: "en",
    rtl: false,
    local: "25 November 2026, 14:05:09, Europe/London (UTC+00:00)",
    at: "2026-11-25T14:05:09Z",
    method: "Spoken to the canvasser.",
    canvasser: "Sam",
    place: "Brixton tube",
    shift: "019ab7c2-51d0-7e30-9d44-0c8f27a1be55",
    said: "",
    number: 87,
    hash: "9f2c41d807be6a53c1e084f722ab5d969f2c41d807be6a53c1e084f722ab5d96",
    ...more,
  };
}

/** A person who said several things, and the receipts of them. */
export function aPage(): { person: PersonView; receipts: Record<string, Receipt> } {
  return {
    person: {
      id: "person-0",
      first_name: "Amina",
      last_name: "Khan",
      mobile: "07700 900100",
      thread: "+447700900100",
      email: "amina@example.org",
      postcode: "SW9 8EJ",
      language: "en",
      opted_out: false,
      agrees_to: [
        { purpose: "texts", name: "Texts", confirmed: true },
        { purpose: "calls-volunteering", name: "Calls about volunteering", confirmed: false },
      ],
      timeline: STORY,
      household: [{ id: "person-1", name: "Bilal Khan" }],
      home: "home-1",
      lives_with: [{ id: "person-1", name: "Bilal Khan" }],
      why_no_text: null,
      why_no_call: null,
    },
    receipts: {
      texts: aReceipt("Agreed to texts.", {}),
      opinions: aReceipt("Said no to a note of what they think.", {
        wording:
          "کیا Clean Air Now کو اجازت ہے کہ آپ کی رائے لکھ کر رکھے؟ فیصلہ آپ کا ہے۔ کیا آپ کو یہ منظور ہے، ہاں یا نہیں؟",
        version: "Version 1 (اردو)",
        language: "ur",
        rtl: true,
        number: 88,
      }),
      confirmed: aReceipt("Confirmed the yes to texts.", {
        method: "In a text.",
        said: "YES",
        canvasser: "",
        place: "",
        shift: "",
        number: 91,
      }),
    },
  };
}
