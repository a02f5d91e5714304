import type { ThreadLine, ThreadView } from "../../src/api/bindings";
import { WORDS, minutesAgo, national, type Thread } from "./world";

/** What comes of the words that act by themselves. */
export const ANSWERS: Record<string, string> = {
  YES: "Confirmed: their consent is proved.",
  NO: "Said no: nothing more is sent to them.",
  STOP: "Opted out: nothing more goes to this number.",
  START: "Opted in again: this number gets texts.",
  HELP: "Asked for help, and was answered.",
};

export const UNDECIDED = "May be an opt-out: texts to this number wait until you decide.";

export const DECIDE_FIRST = "Decide first whether this is an opt-out.";

export const OUT = "This number is opted out: nothing can be sent to it.";

export const OPTED_OUT_BY_TEXT = "Opted out by text. Only their own START opens the number again.";

/** A text from a phone. */
export function theirs(id: string, body: string, sentence: string, minutes: number): ThreadLine {
  return {
    id,
    from_them: true,
    body,
    at: minutesAgo(minutes),
    what: "",
    sentence,
    state: null,
    state_word: "",
  };
}

/** One of ours. */
export function ours(id: string, body: string, what: string, minutes: number): ThreadLine {
  return {
    id,
    from_them: false,
    body,
    at: minutesAgo(minutes),
    what,
    sentence: "",
    state: "delivered",
    state_word: WORDS.delivered,
  };
}

export function aThread(
  from: string,
  names: string[],
  lines: ThreadLine[],
  more: Partial<ThreadView> & { to_read?: boolean } = {},
): Thread {
  const { to_read = false, ...rest } = more;
  const mobile = national(from);
  return {
    view: {
      from,
      names,
      mobile,
      lines,
      opted_out: null,
      undecided: null,
      no_reply: mobile ? null : "This sender has no number to answer to.",
      ...rest,
    },
    name: names.length > 0 ? names.join(" and ") : mobile ? "Unknown number" : from,
    to_read,
  };
}
