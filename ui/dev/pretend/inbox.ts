import type { ThreadLine, ThreadRow, commands as realCommands } from "../../src/api/bindings";
import { answer, refuse, tell, world } from "./core";
import {
  ANSWERS,
  OPTED_OUT_BY_TEXT,
  OUT,
  UNDECIDED,
  DECIDE_FIRST,
  aThread,
  theirs,
} from "./threads";
import { WORDS, national, type Thread } from "./world";

let texts = 0;

function rowOf({ view, name, to_read }: Thread): ThreadRow {
  const last = view.lines.findLast((line) => line.from_them);
  return {
    from: view.from,
    name,
    mobile: view.mobile,
    last: last?.body ?? "",
    at: last?.at ?? "",
    outcome: last?.sentence ?? "",
    to_read,
    undecided: view.undecided !== null,
    opted_out: view.opted_out !== null,
  };
}

/** Those that want a person first, then the newest. */
function inOrder(one: ThreadRow, other: ThreadRow): number {
  return Number(other.to_read) - Number(one.to_read) || other.at.localeCompare(one.at);
}

function threadOf(from: string): Thread | undefined {
  return world.threads.find(({ view }) => view.from === from);
}

/** Puts a thread in the place of the one with the same number, or beside the others. */
function keep(thread: Thread): void {
  const others = world.threads.filter(({ view }) => view.from !== thread.view.from);
  world.threads = [...others, thread];
  tell("inbox");
}

function changed(thread: Thread, view: Partial<Thread["view"]>): Thread {
  return { ...thread, view: { ...thread.view, ...view } };
}

function optedOut(thread: Thread, sentence: string): Thread {
  return changed(thread, {
    opted_out: sentence,
    undecided: null,
    no_reply: OUT,
  });
}

/** A text from a phone comes into its thread; what is in it decides what becomes of it. */
function arrive(mobile: string, body: string): string {
  const thread = threadOf(mobile) ?? aThread(mobile, [], []);
  const word = body.trim().toUpperCase();
  const likely = /take me off|leave me alone|no more/i.test(body);
  const sentence = ANSWERS[word] ?? (likely ? UNDECIDED : "For a person to read.");
  const line = theirs(`said-${++texts}`, body, sentence, 0);
  const came = changed(thread, { lines: [...thread.view.lines, line] });
  came.to_read = !(word in ANSWERS);
  if (word === "STOP") keep(optedOut(came, OPTED_OUT_BY_TEXT));
  else if (likely) keep(changed(came, { undecided: line.id, no_reply: DECIDE_FIRST }));
  else keep(came);
  return sentence;
}

function addedTo(body: string): string {
  const name = /clean air now/i.test(body) ? "" : "Clean Air Now.";
  const stop = /\bSTOP\b/.test(body) ? "" : "Reply STOP to stop.";
  return [name, stop].filter(Boolean).join(" ");
}

type Inbox =
  | "inbox"
  | "thread"
  | "decide"
  | "optOut"
  | "heldOnNumber"
  | "eraseNumber"
  | "previewReply"
  | "reply"
  | "phoneSays";

export const inbox: Pick<typeof realCommands, Inbox> = {
  inbox: (offset, limit) =>
    answer("inbox", () => {
      const rows = world.threads.map(rowOf).sort(inOrder);
      return {
        total: rows.length,
        to_read: rows.filter(({ to_read }) => to_read).length,
        rows: rows.slice(offset, offset + limit),
      };
    }),
  thread: async (from) => {
    const thread = threadOf(from);
    if (!thread) return refuse("not_found", "There is no such thread any more.");
    return answer("thread", () => {
      // Who looks at it has read it; what is to be decided still wants somebody.
      if (thread.to_read && !thread.view.undecided) keep({ ...thread, to_read: false });
      return thread.view;
    });
  },
  decide: async (text, isOptOut) => {
    const thread = world.threads.find(({ view }) => view.undecided === text);
    if (!thread) return refuse("too_late", "Somebody has decided on this already.");
    return answer("decide", () => {
      const sentence = isOptOut
        ? "You decided that this is an opt-out."
        : "You decided that this is no opt-out.";
      const decided = changed(thread, {
        undecided: null,
        no_reply: null,
        lines: thread.view.lines.map((line) => (line.id === text ? { ...line, sentence } : line)),
      });
      decided.to_read = false;
      keep(isOptOut ? optedOut(decided, OPTED_OUT_BY_TEXT) : decided);
      return null;
    });
  },
  optOut: (mobile) =>
    answer("optOut", () => {
      world.persons = world.persons.map((person) =>
        person.thread === mobile ? { ...person, opted_out: true } : person,
      );
      const thread = threadOf(mobile);
      const sentence = "Opted out by the organiser. Only their own START opens the number again.";
      if (thread) keep({ ...optedOut(thread, sentence), to_read: false });
      return null;
    }),
  heldOnNumber: (from) =>
    answer("heldOnNumber", () => {
      const said = threadOf(from)?.view.lines.map(({ body }) => body) ?? [];
      return { text: [from, ...said].join("\n"), json: JSON.stringify({ number: from, said }) };
    }),
  eraseNumber: (from) =>
    answer("eraseNumber", () => {
      world.threads = world.threads.filter(({ view }) => view.from !== from);
      tell("inbox");
      return ["1 entry of the ledger stays as a hash: it names nobody."];
    }),
  previewReply: (_from, body) =>
    answer("previewReply", () => {
      if (!body.trim()) return { segments: 0, added: "", refused: null };
      const added = addedTo(body);
      const length = body.trim().length + (added ? added.length + 1 : 0);
      return { segments: length <= 160 ? 1 : Math.ceil(length / 153), added, refused: null };
    }),
  reply: async (mobile, body) => {
    const thread = threadOf(mobile);
    if (!thread) return refuse("not_found", "There is no such thread any more.");
    if (!body.trim()) return refuse("invalid", "Type what you want to say.");
    return answer("reply", () => {
      const line: ThreadLine = {
        id: `reply-${++texts}`,
        from_them: false,
        body: [body.trim(), addedTo(body)].filter(Boolean).join("\n"),
        at: new Date().toISOString(),
        what: "",
        sentence: "",
        state: "waiting",
        state_word: WORDS.waiting,
      };
      keep(changed(thread, { lines: [...thread.view.lines, line] }));
      return world.connection.online ? "It goes as soon as it can." : "It waits: Texts says why.";
    });
  },
  phoneSays: async (mobile, body) => {
    if (!body.trim()) return refuse("invalid", "Type what the phone is to say.");
    return answer("phoneSays", () => {
      world.phone = [
        ...world.phone,
        {
          id: `phone-said-${++texts}`,
          to: national(mobile),
          body,
          at: new Date().toISOString(),
          segments: 1,
          number: mobile,
          from_the_phone: true,
        },
      ];
      return arrive(mobile, body);
    });
  },
};
