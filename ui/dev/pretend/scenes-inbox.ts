import {
  ANSWERS,
  DECIDE_FIRST,
  OPTED_OUT_BY_TEXT,
  OUT,
  UNDECIDED,
  aThread,
  ours,
  theirs,
} from "./threads";
import type { Thread } from "./world";

const TO_READ = "For a person to read.";

const asks = (id: string, name: string, minutes: number) =>
  ours(
    `ours-${id}`,
    `Hi ${name}, Sam from Clean Air Now here. Reply YES to confirm you'd like our texts, or STOP to stop.`,
    "Asks them to confirm",
    minutes,
  );

/** Longer than a phone shows at once, with a word that has nowhere to break. */
const LONG =
  "Hello Sam, thank you for stopping to talk yesterday. I have lived on Coldharbour Lane for thirty-one years and " +
  "my daughter has had asthma since she was four, so I wanted to tell you about the lorries. They wait outside the " +
  "school from a quarter past eight with their engines running, and nobody at the council has ever answered a letter. " +
  "I took photographs: https://example.org/coldharbour/2026/11/the-lorries-outside-the-school-every-morning-for-a-month " +
  "Could somebody from the campaign come to the parents' evening on the 14th? I can bring about twenty people.\n\nZofia";

/** Markup, and a mark that turns the direction of what follows: shown as text, and nothing else. */
export const HOSTILE = "<img src=x onerror=alert(1)> Vote \u202Eon ton";

/** Threads of every kind, each with its own end. */
export function INBOX(): Thread[] {
  return [
    aThread(
      "+447700900100",
      ["Amina Khan"],
      [asks("amina", "Amina", 62), theirs("amina-yes", "YES", ANSWERS["YES"] ?? "", 55)],
    ),
    aThread(
      "+447700900104",
      ["Tom Hill"],
      [
        asks("tom", "Tom", 90),
        theirs("tom-stop", "STOP", ANSWERS["STOP"] ?? "", 80),
        ours(
          "tom-goodbye",
          "Clean Air Now: you are opted out and get no more texts from us. Reply START to get them again.",
          "Answers the opt-out",
          80,
        ),
      ],
      { opted_out: OPTED_OUT_BY_TEXT, no_reply: OUT },
    ),
    aThread(
      "+447700900103",
      ["Priya Sharma"],
      [
        asks("priya", "Priya", 50),
        theirs("priya-likely", "please take me off this, it's too much", UNDECIDED, 41),
      ],
      { undecided: "priya-likely", no_reply: DECIDE_FIRST, to_read: true },
    ),
    aThread("+447700900177", [], [theirs("who", "Who is this?", TO_READ, 12)], { to_read: true }),
    aThread(
      "+447700900105",
      ["Zofia Wójcik", "Oluwaseun Adébáyọ̀-Featherstonehaugh"],
      [asks("zofia", "Zofia", 200), theirs("zofia-long", LONG, TO_READ, 150)],
    ),
    aThread(
      "+447700900107",
      ["Fatima Begum"],
      [
        asks("fatima", "Fatima", 300),
        theirs(
          "fatima-urdu",
          "السلام علیکم، اگلی میٹنگ کب اور کہاں ہے؟ میں Brixton میں رہتی ہوں۔",
          TO_READ,
          30,
        ),
      ],
    ),
    aThread("+447700900166", [], [theirs("hostile", HOSTILE, TO_READ, 5)], { to_read: true }),
    aThread("<b>PRIZE</b>", [], [theirs("prize", "You have won! Click here", TO_READ, 400)]),
  ];
}
