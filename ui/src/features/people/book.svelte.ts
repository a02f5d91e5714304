import { core, refusal, type PersonRow, type Refused } from "../../api";

/** People asked for in one go. */
const PAGE = 100;

/** Rows beyond those in view that are read too: a list draws some, so that scrolling finds them there. */
const MARGIN = 25;

/** Changes are read again at most this often: a sender in full flow reports many a second. */
const BREATH_MS = 200;

/** Everybody in the campaign, read a page at a time as the list is looked through. */
export class PeopleBook {
  /** How many there are; null until the first answer. */
  total = $state<number | null>(null);
  failure = $state.raw<Refused | null>(null);
  #pages = $state.raw<ReadonlyMap<number, PersonRow[]>>(new Map());
  #asked = new Set<number>();
  #shown: [from: number, to: number] = [0, 0];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How often everything was asked anew: an answer from before is older than what is shown. */
  #asking = 0;

  /** The person at `index`, or nothing while their page is on its way. */
  at(index: number): PersonRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Makes sure that the rows between two indexes are there, and those about them. */
  async show(from: number, to: number): Promise<void> {
    this.#shown = [from, to];
    const first = Math.max(0, from - MARGIN);
    const last = Math.max(to, Math.min(to + MARGIN, (this.total ?? 1) - 1));
    const wanted = [];
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
      if (!this.#asked.has(page)) wanted.push(page);
    }
    await Promise.all(wanted.map((page) => this.#fetch(page)));
  }

  /** Something changed: reads again what is on screen, and forgets the rest. */
  reread = (): void => {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#asked.clear();
      this.#asking += 1;
      void this.show(...this.#shown);
    }, BREATH_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #fetch(page: number): Promise<void> {
    this.#asked.add(page);
    const asking = this.#asking;
    try {
      const { total, rows } = await core.people(page * PAGE, PAGE);
      if (asking !== this.#asking) return;
      this.#pages = new Map(this.#pages).set(page, rows);
      this.total = total;
      this.failure = null;
    } catch (thrown) {
      if (asking !== this.#asking) return;
      this.#asked.delete(page);
      this.failure = refusal(thrown);
    }
  }
}
