import {
  core,
  refusal,
  type PeoplePage,
  type PersonRow,
  type Question,
  type Refused,
} from "../../api";
import { EVERYBODY } from "../../shared/question";
import { sameQuestion } from "./question";

/** People asked for in one go. */
const PAGE = 50;

/** Rows beyond those in view that are read too: a list draws some, so that scrolling finds them there. */
const MARGIN = 25;

/** Changes are read again at most this often: a sender in full flow reports many a second. */
const BREATH_MS = 200;

/** How many there are is counted again at most this often, where there are very many: it takes a while. */
const COUNT_MS = 2_000;

/** Whoever is still typing asks something else first, and a count would hold up the answer to it. */
const SOON_MS = 500;

type Held = { id: string; index: number };

/**
 * Whom a question finds, read a page at a time as the list is looked through. It lives as long as the campaign is open:
 * who comes back from a person finds the question and the place as they were.
 */
export class PeopleBook {
  /** What is asked. What is shown answers it, or, for a moment, the one before. */
  question = $state.raw<Question>(EVERYBODY);
  /** How many there are; null until the first answer. */
  total = $state<number | null>(null);
  /** There are more than that: they are being counted. */
  more = $state(false);
  /** Nobody is spelled as was typed: these are spelled nearly so. */
  near = $state(false);
  failure = $state.raw<Refused | null>(null);
  /** What is shown answers another question, or is from before it was left: the answer may move it. */
  busy = $state(false);
  /** The row that keys go on from. */
  active = $state(0);
  /** Whether somebody went to that row: then the list keeps to it. */
  chosen = $state(false);
  /** The first row in view; a fraction where it is cut. Whoever draws the list tells it, and goes there on `moves`. */
  top = 0;
  moves = $state(0);
  /** A person was opened from here, and the focus belongs on their row again. */
  left = false;

  #pages = $state.raw<ReadonlyMap<number, PersonRow[]>>(new Map());
  #asked = new Set<number>();
  #answered: Question | null = null;
  #shown: [from: number, to: number] = [0, 0];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #counting: ReturnType<typeof setTimeout> | undefined;
  /** How often something was asked anew: an answer from before is older than what is shown. */
  #asking = 0;

  /** The person at `index`, or nothing while their page is on its way. */
  at(index: number): PersonRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Asks something: the newest answer counts, and what is shown stays until it is there. */
  async ask(question: Question): Promise<void> {
    this.question = question;
    this.busy = true;
    const asking = ++this.#asking;
    try {
      const page = await core.people(question, 0, PAGE);
      if (asking !== this.#asking) return;
      this.busy = false;
      this.#answered = question;
      this.total = null;
      this.#take(page, new Map([[0, page.rows]]));
      this.#shown = [0, 0];
      this.active = 0;
      this.chosen = false;
      this.#goTo(0);
    } catch (thrown) {
      if (asking === this.#asking) this.#fail(thrown);
    }
  }

  /** Asks something else, if it is something else. */
  change(some: Partial<Question>): void {
    const question = { ...this.question, ...some };
    if (!sameQuestion(question, this.question)) void this.ask(question);
    else this.question = question;
  }

  /** Reads the question's answer for the first time, or again for a list that is shown again. */
  open(): void {
    if (this.#answered === null) return void this.ask(this.question);
    this.busy = true;
    void this.#again();
  }

  /** Makes sure that the rows between two indexes are there, and those about them. */
  async show(from: number, to: number): Promise<void> {
    this.#shown = [from, to];
    const asking = this.#asking;
    const wanted = this.#pagesOf(from, to).filter((page) => !this.#asked.has(page));
    for (const page of wanted) this.#asked.add(page);
    await Promise.all(
      wanted.map(async (page) => {
        try {
          const { rows } = await core.people(this.question, page * PAGE, PAGE);
          if (asking !== this.#asking) return;
          this.#pages = new Map(this.#pages).set(page, rows);
          this.failure = null;
        } catch (thrown) {
          if (asking !== this.#asking) return;
          this.#asked.delete(page);
          this.failure = refusal(thrown);
        }
      }),
    );
  }

  /** Somebody went to a row. */
  choose(index: number): void {
    this.active = Math.max(0, Math.min(index, (this.total ?? 1) - 1));
    this.chosen = true;
  }

  /** Something changed: reads again what is on screen, and forgets the rest. */
  reread = (): void => {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#again();
    }, BREATH_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#counting);
    this.#timer = this.#counting = undefined;
  }

  /** Reads anew what is in view, and keeps who is looked at where they are on the screen. */
  async #again(): Promise<void> {
    // The answer that was on its way is to another question than what is shown, and may be from before the change.
    if (this.#answered !== this.question && !this.#fits()) return this.ask(this.question);
    const asking = ++this.#asking;
    const question = this.question;
    const active = this.chosen ? this.#held(this.active) : null;
    const anchor = this.#anchor(active);
    try {
      const [anchorAt, activeAt] = await Promise.all(
        [anchor, active].map(async (held) => (held ? core.placeOf(question, held.id) : null)),
      );
      const shift = anchor && typeof anchorAt === "number" ? anchorAt - anchor.index : 0;
      const [from, to] = this.#shown;
      const pages = await this.#read(question, Math.max(0, from + shift), Math.max(0, to + shift));
      if (asking !== this.#asking) return;
      this.busy = false;
      if (!pages.any) return;
      this.#take(pages.any, pages.read);
      const last = Math.max(0, (this.total ?? 1) - 1);
      this.active = Math.min(activeAt ?? this.active, last);
      if (active && activeAt === null) this.chosen = false;
      if (shift !== 0) this.#goTo(this.top + shift);
      // Whoever scrolled on meanwhile is elsewhere by now.
      else void this.show(...this.#shown);
    } catch (thrown) {
      if (asking === this.#asking) this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.busy = false;
    this.failure = refusal(thrown);
  }

  #fits(): boolean {
    return this.#answered !== null && sameQuestion(this.#answered, this.question);
  }

  /** Who stays where they are: the chosen one where they are in view, else the first in view; at the top nobody. */
  #anchor(active: Held | null): Held | null {
    const [from, to] = this.#shown;
    if (active && active.index >= from && active.index <= to) return active;
    return this.top > 0 ? this.#held(Math.ceil(this.top)) : null;
  }

  #held(index: number): Held | null {
    const person = this.at(index);
    return person ? { id: person.id, index } : null;
  }

  #goTo(top: number): void {
    this.top = Math.max(0, top);
    this.moves += 1;
  }

  #take({ total, more, near }: PeoplePage, pages: ReadonlyMap<number, PersonRow[]>): void {
    this.#pages = pages;
    this.#asked = new Set(pages.keys());
    this.near = near;
    this.failure = null;
    // What was counted before is nearer to the truth than where the core stopped counting.
    if (!more || this.total === null || this.total < total) {
      this.total = total;
      this.more = more;
    }
    if (more) this.#count(this.more ? SOON_MS : COUNT_MS);
  }

  #count(after: number): void {
    if (after === COUNT_MS && this.#counting !== undefined) return;
    clearTimeout(this.#counting);
    this.#counting = setTimeout(async () => {
      this.#counting = undefined;
      const question = this.question;
      try {
        const count = await core.countPeople(question);
        if (question !== this.#answered || question !== this.question) return;
        this.total = count;
        this.more = false;
      } catch {
        // "10,000+" stands, and the next change counts again.
      }
    }, after);
  }

  async #read(
    question: Question,
    from: number,
    to: number,
  ): Promise<{ any: PeoplePage | undefined; read: Map<number, PersonRow[]> }> {
    const read = new Map<number, PersonRow[]>();
    let any: PeoplePage | undefined;
    await Promise.all(
      this.#pagesOf(from, to).map(async (page) => {
        any = await core.people(question, page * PAGE, PAGE);
        read.set(page, any.rows);
      }),
    );
    return { any, read };
  }

  #pagesOf(from: number, to: number): number[] {
    const first = Math.floor(Math.max(0, from - MARGIN) / PAGE);
    const last = Math.floor(Math.max(to, Math.min(to + MARGIN, (this.total ?? 1) - 1)) / PAGE);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }
}
