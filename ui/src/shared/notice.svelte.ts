/** Undoes what no act of the records is, and says what came of it. */
export type Undoes = () => Promise<string>;

/** What was done a moment ago, and which way it can be turned. */
export type Said = { sentence: string; name: string; back: "undo" | "redo" | Undoes | null };

/** For how long a notice stays. */
const STAYS_MS = 10_000;

/** The one notice of the window: whatever can be undone is said here, with the way to do so. */
class Notice {
  said = $state.raw<Said | null>(null);
  #goes: ReturnType<typeof setTimeout> | undefined;

  say(said: Said | null): void {
    clearTimeout(this.#goes);
    this.said = said;
    if (said) this.#goes = setTimeout(() => (this.said = null), STAYS_MS);
  }
}

export const notice = new Notice();
