import { refusal, type FindingView, type Refused } from "../../api";

/** What is said of some words as they stand. */
type Judged = { findings: FindingView[] };

/** Words as they are kept, with what is said of them. */
type Kept<Seen extends Judged> = Seen & { body: string; version: number };

/** Where words come from and go to; each is asked about the words that are chosen just then. */
type Source<Seen extends Judged> = {
  /** Names the words that are chosen. */
  key: () => string;
  read: () => Promise<Kept<Seen>>;
  judge: (body: string) => Promise<Seen>;
  save: (body: string) => Promise<Kept<Seen>>;
  /** What is said once they are saved. */
  saved: (version: number) => string;
};

/** One text of several to be worded: judged as it is typed, and what is not saved waits for when one comes back to it. */
export class WordsEditor<Seen extends Judged> {
  body = $state("");
  version = $state<number | null>(null);
  seen = $state.raw<Seen | null>(null);
  failure = $state.raw<Refused | null>(null);
  done = $state<string | null>(null);

  readonly #source: Source<Seen>;
  readonly #unsaved = new Map<string, string>();
  #kept = $state("");
  /** Which words are on the screen; nothing while others are read. */
  #there = $state<string | null>(null);
  /** Only the newest question counts, however late an older one is answered. */
  #asked = 0;
  #saving = false;
  /** How often it was told what is kept: what was being read before is older. */
  #told = 0;

  constructor(source: Source<Seen>) {
    this.#source = source;
  }

  /** The words that were chosen are not there yet: nothing can be typed into them. */
  get loading(): boolean {
    return this.#there === null;
  }

  get changed(): boolean {
    return this.body !== this.#kept;
  }

  get findings(): FindingView[] {
    return this.seen?.findings ?? [];
  }

  get canSave(): boolean {
    return this.changed && !this.findings.some(({ forbidden }) => forbidden);
  }

  /** What stands there is English, to be translated. */
  get english(): boolean {
    return this.version === 0 && !this.changed;
  }

  /** Shows the words that are chosen now. */
  load = async (): Promise<void> => {
    this.#putAway();
    const key = this.#source.key();
    const ask = ++this.#asked;
    this.done = null;
    this.#there = null;
    this.body = this.#kept = "";
    this.seen = null;
    try {
      const kept = await this.#source.read();
      if (ask !== this.#asked) return;
      this.#take(kept);
      this.body = this.#unsaved.get(key) ?? kept.body;
      this.#there = key;
    } catch (thrown) {
      if (ask === this.#asked) this.failure = refusal(thrown);
      return;
    }
    if (this.changed) await this.judge();
  };

  /** The words that are kept may be others by now, by Undo for one. What is typed and not saved stays. */
  hear = async (): Promise<void> => {
    const key = this.#there;
    if (key === null || this.#saving) return;
    try {
      const told = this.#told;
      const kept = await this.#source.read();
      if (this.#there !== key || this.#saving) return;
      if (told !== this.#told) {
        await this.hear();
        return;
      }
      if (kept.version === this.version && kept.body === this.#kept) return;
      const typed = this.changed ? this.body : null;
      this.#asked += 1;
      this.#take(kept);
      this.body = typed ?? kept.body;
      this.done = null;
      if (this.changed) await this.#look();
    } catch (thrown) {
      if (this.#there === key) this.failure = refusal(thrown);
    }
  };

  /** Says what the words are like as they stand now. */
  judge = async (): Promise<void> => {
    this.done = this.failure = null;
    await this.#look();
  };

  async #look(): Promise<void> {
    const ask = ++this.#asked;
    try {
      const seen = await this.#source.judge(this.body);
      if (ask === this.#asked) this.seen = seen;
    } catch (thrown) {
      if (ask === this.#asked) this.failure = refusal(thrown);
    }
  }

  /** Puts other words in place of those from `from` to `to`. */
  put = (from: number, to: number, instead: string): void => {
    this.body = this.body.slice(0, from) + instead + this.body.slice(to);
    void this.judge();
  };

  /** Mends what was found. */
  replace = ({ from, to, instead }: FindingView): void => {
    if (from !== null && to !== null && instead !== null) this.put(from, to, instead);
  };

  save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#saving || this.loading) return;
    this.#saving = true;
    const sent = this.body;
    const key = this.#source.key();
    try {
      const kept = await this.#source.save(sent);
      if (this.#unsaved.get(key) === sent) this.#unsaved.delete(key);
      if (this.#there === key) {
        // What was typed meanwhile stays, and waits for the next save.
        if (this.body === sent) this.body = kept.body;
        this.#asked += 1;
        this.#take(kept);
        this.done = this.#source.saved(kept.version);
        if (this.changed) await this.#look();
      } else if (this.#source.key() === key) {
        // One left these words and is coming back: what is being read may be from before the save.
        await this.load();
      }
    } catch (thrown) {
      this.failure = refusal(thrown);
    } finally {
      this.#saving = false;
    }
  };

  #take(kept: Kept<Seen>): void {
    this.#told += 1;
    this.#kept = kept.body;
    this.version = kept.version;
    this.seen = kept;
    this.failure = null;
  }

  #putAway(): void {
    if (this.#there === null) return;
    if (this.changed) this.#unsaved.set(this.#there, this.body);
    else this.#unsaved.delete(this.#there);
  }
}
