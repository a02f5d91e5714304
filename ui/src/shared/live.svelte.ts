import { untrack } from "svelte";
import { refusal, whenChanged, type Refused, type Topic } from "../api";

/** Repaints wait this long at least: a sender in full flow reports hundreds of changes a second. */
const BREATH_MS = 120;

/** What the core holds now, read again soon after it says that it changed. */
export class Live<T> {
  data = $state.raw<T>();
  failure = $state.raw<Refused | null>(null);

  readonly #read: () => Promise<T>;
  #reading = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  /** How often something was taken: a reading begun before is older. */
  #told = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** True until the first answer has come. */
  get loading(): boolean {
    return this.data === undefined && this.failure === null;
  }

  /** Reads now; asked while reading, reads once more afterwards, so that the last answer is never stale. */
  refresh = async (): Promise<void> => {
    if (this.#reading || this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    const told = this.#told;
    try {
      const data = await this.#read();
      if (!this.#stopped && told === this.#told) {
        this.data = data;
        this.failure = null;
      }
    } catch (thrown) {
      if (!this.#stopped) this.failure = refusal(thrown);
    } finally {
      this.#reading = false;
      this.#breathe();
    }
  };

  /** The core says that it changed: reads after a breath, out of the way of what made the change. */
  hear(): void {
    this.#again = true;
    if (!this.#reading && this.#timer === undefined) this.#breathe();
  }

  /** Takes what a command answered; a reading that is under way would be older, and is read again. */
  take(data: T): void {
    this.data = data;
    this.#told += 1;
    if (this.#reading) this.#again = true;
  }

  #breathe(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#again) return;
      this.#again = false;
      void this.refresh();
    }, BREATH_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}

/** A {@link Live} for a component's lifetime; call it while the component is being made. */
export function live<T>(read: () => Promise<T>, topics: Topic[]): Live<T> {
  const it = new Live(read);
  $effect(() => {
    untrack(() => void it.refresh());
    const unhear = whenChanged(topics, () => it.hear());
    return () => {
      unhear();
      it.stop();
    };
  });
  return it;
}
