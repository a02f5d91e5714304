import {
  core,
  refusal,
  type Ask,
  type AskWording,
  type CaptureStart,
  type Choice,
  type Reading,
  type Refused,
  type SameMobile,
  type SavedRow,
  type Typed,
} from "../../api";
import { carry, takeCarried } from "./carried";
import { Draft } from "./draft";
import { MobileReader, tidied } from "./mobile-reader.svelte";

/** A second press this soon after a save, with nothing typed, is the same press: a double click or a bouncing key. */
const SAME_PRESS_MS = 700;

/** A save that takes longer than this says that it is still at it. */
const SLOW_MS = 250;

const EMPTY: Typed = {
  first_name: "",
  last_name: "",
  mobile: "",
  email: "",
  postcode: "",
  language: "",
  answers: {},
  wordings: {},
};

/** What is said beside the form after something was done. */
export type Said = { word: "Saved" | "Undone"; name: string; sentence: string };

type Told = { onsaved: (row: SavedRow) => void; onready: () => void };

/** The form for one person after another: what is typed, what the core says of it, and its saving. */
export class CaptureForm {
  typed = $state<Typed>({ ...EMPTY });
  start = $state.raw<CaptureStart | null>(null);
  problems = $state.raw<Record<string, string>>({});
  failure = $state.raw<Refused | null>(null);
  /** Who has this mobile already, where the core asked for a choice on saving. */
  asked = $state.raw<SameMobile[]>([]);
  said = $state.raw<Said | null>(null);
  slow = $state(false);
  /** The purpose whose wording is in front of the canvasser. */
  ask = $state("texts");
  /** Something was typed since the form was last empty and ready. */
  touched = $state(false);
  /** The vault was damaged while it was open: it keeps nothing of what is typed. */
  harmed = false;

  readonly mobile = new MobileReader();
  readonly draft = new Draft(core.saveDraft, {
    onkept: () => {
      if (this.#unkept) this.failure = null;
      this.#unkept = false;
    },
    onproblem: (thrown) => {
      this.#fail(thrown);
      this.#unkept = true;
    },
  });
  readonly #told: Told;
  #saving = false;
  #underWay: Promise<void> = Promise.resolve();
  /** The same mobile was asked about then: a bouncing Enter is no choice. */
  #askedAt = -Infinity;
  /** The failure on screen is a draft's: it is over as soon as a draft is kept. */
  #unkept = false;
  #savedAt = -Infinity;
  #undoneAt = -Infinity;

  constructor(told: Told) {
    this.#told = told;
  }

  /** Who has this mobile already: as read while typing, or as the core answered on saving. */
  get same(): SameMobile[] {
    return this.asked.length > 0 ? this.asked : (this.mobile.reading?.same ?? []);
  }

  /** What they are asked, in the order in which it is asked. */
  get asks(): Ask[] {
    return this.start?.asks ?? [];
  }

  /** What is read out for each, in their language; in English where there is none in it. */
  get wordings(): (AskWording & { purpose: string; name: string })[] {
    const language = this.typed.language || "en";
    return this.asks.flatMap(({ purpose, name, wordings }) => {
      const own = wordings.find((wording) => wording.language === language);
      const wording = own ?? wordings.find((wording) => wording.language === "en");
      return wording ? [{ purpose, name, ...wording }] : [];
    });
  }

  /** They were asked: yes, no, or nothing after all. */
  answer(purpose: string, yes: boolean | null): void {
    this.typed.answers = withOne(this.typed.answers, purpose, yes);
    // What is in front of them now is what they answer to, whatever is read out by the time that it is saved.
    const shown = this.wordings.find((wording) => wording.purpose === purpose)?.id ?? null;
    this.typed.wordings = withOne(this.typed.wordings, purpose, yes === null ? null : shown);
    this.changed("answers");
  }

  async begin(): Promise<void> {
    try {
      const start = await core.startCapture();
      this.failure = null;
      const carried = takeCarried();
      this.#take(carried ? { ...start, form: carried, restored: true } : start);
      this.touched = carried !== null || start.restored;
      if (this.touched) this.readMobile();
      if (carried) this.draft.note(start.capture_id, this.typed);
      this.#told.onready();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** The form is looked at again: what is read out may have changed; what is typed stays. */
  async renew(): Promise<void> {
    const before = this.start;
    if (!before || this.#saving) return;
    try {
      await this.draft.flush();
      const start = await core.startCapture();
      if (this.#saving || this.start !== before) return;
      // The same form keeps its name: saving it twice must still save once.
      if (this.touched) this.start = { ...start, capture_id: before.capture_id };
      else this.#take(start);
      // What was in front of the canvasser may be asked no more.
      if (!this.asks.some(({ purpose }) => purpose === this.ask)) {
        this.ask = this.asks[0]?.purpose ?? "texts";
      }
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** The form goes. What a damaged vault could not keep of it comes back with the backup. */
  leave(): void {
    if (this.touched && this.harmed) carry($state.snapshot(this.typed));
    else this.draft.keepNow();
  }

  /** Something was typed into `field`. */
  changed(field: keyof Typed): void {
    this.touched = true;
    if (this.problems[field]) {
      this.problems = Object.fromEntries(
        Object.entries(this.problems).filter(([name]) => name !== field),
      );
    }
    if (field === "mobile") this.asked = [];
    // What is typed during a save belongs to the next person, and is noted when that form is there.
    if (this.start && !this.#saving) this.draft.note(this.start.capture_id, this.typed);
  }

  /** Reads the mobile; `mayTidy` says whether the field can be rewritten under the caret. */
  readMobile(mayTidy: () => boolean = () => true): void {
    if (!this.start) return;
    const typed = this.typed.mobile;
    this.mobile.read(typed, (reading) => {
      if (this.typed.mobile === typed && mayTidy()) this.#tidy(reading);
    });
  }

  /** Shows the number in its national format, as when its field is left. */
  tidyMobile(): void {
    const reading = this.mobile.readingOf(this.typed.mobile);
    if (reading) this.#tidy(reading);
  }

  save(choice: Choice | null = null): Promise<void> {
    const start = this.start;
    if (!start || this.#saving) return Promise.resolve();
    if (choice && performance.now() - this.#askedAt < SAME_PRESS_MS) return Promise.resolve();
    this.#underWay = this.#save(start, choice);
    return this.#underWay;
  }

  async #save(start: CaptureStart, choice: Choice | null): Promise<void> {
    if (!this.touched && performance.now() - this.#savedAt < SAME_PRESS_MS) {
      this.#told.onready();
      return;
    }
    this.#saving = true;
    this.said = null;
    const sent = $state.snapshot(this.typed);
    const slow = setTimeout(() => (this.slow = true), SLOW_MS);
    this.draft.forget();
    try {
      // A draft on its way lands first: after the save it would bring the saved person back.
      await this.draft.flush().catch(() => undefined);
      const outcome = await core.saveCapture(start.capture_id, sent, choice);
      this.failure = null;
      if (outcome.is === "saved") {
        this.#savedAt = performance.now();
        this.#undoneAt = -Infinity;
        this.said = { word: "Saved", name: outcome.saved.name, sentence: outcome.sentence };
        this.#next(outcome.next, typedSince(sent, this.typed));
        this.#told.onsaved(outcome.saved);
        this.#told.onready();
      } else {
        this.draft.note(start.capture_id, this.typed);
        if (outcome.is === "same_mobile") {
          this.asked = outcome.same;
          this.#askedAt = performance.now();
        } else {
          this.problems = Object.fromEntries(
            outcome.problems.map(({ field, sentence }) => [field, sentence]),
          );
        }
      }
    } catch (thrown) {
      this.draft.note(start.capture_id, this.typed);
      this.#fail(thrown);
    } finally {
      clearTimeout(slow);
      this.slow = false;
      this.#saving = false;
    }
  }

  async undo(): Promise<void> {
    // What is on its way to the disk is the last save: Undo means that one.
    await this.#underWay;
    // A double click takes one person back, not two.
    if (performance.now() - this.#undoneAt < SAME_PRESS_MS) return;
    this.#undoneAt = performance.now();
    try {
      const undone = await core.undo();
      this.said = { word: "Undone", ...undone };
      this.failure = null;
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #next(next: CaptureStart, since: string): void {
    this.#take(next);
    this.touched = false;
    if (since) {
      this.typed.first_name = since;
      this.changed("first_name");
    }
  }

  #take(start: CaptureStart): void {
    this.start = start;
    this.problems = {};
    this.asked = [];
    this.mobile.clear();
    this.ask = start.asks[0]?.purpose ?? "texts";
    Object.assign(this.typed, start.form);
  }

  #tidy(reading: Reading): void {
    const tidy = tidied(reading);
    if (tidy) this.typed.mobile = tidy;
  }

  #fail(thrown: unknown): void {
    this.failure = refusal(thrown);
    this.#unkept = false;
    this.said = null;
  }
}

/** The same with another value for one purpose, or with none. */
function withOne<T>(all: Record<string, T>, purpose: string, value: T | null): Record<string, T> {
  const others = Object.entries(all).filter(([other]) => other !== purpose);
  return Object.fromEntries(value === null ? others : [...others, [purpose, value]]);
}

/** What was typed while the save was on its way: it belongs to the next person, whose first name comes first. */
function typedSince(sent: Typed, now: Typed): string {
  const fields = ["first_name", "last_name", "mobile", "email", "postcode"] as const;
  return fields
    .map((field) =>
      now[field].startsWith(sent[field]) ? now[field].slice(sent[field].length) : "",
    )
    .join("");
}
