import type { Typed } from "../../api";

/** A half-filled form is kept this long after the last key: well inside the second that is promised. */
const QUIET_MS = 350;

type Keep = (captureId: string, form: Typed) => Promise<unknown>;
type Told = { onkept: () => void; onproblem: (thrown: unknown) => void };

/** Keeps what is half typed in the vault, soon after the last key and at once when asked. */
export class Draft {
  #pending: { captureId: string; form: Typed } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One is kept after another: an older form never overtakes a newer. */
  #keeping: Promise<void> = Promise.resolve();
  readonly #keep: Keep;
  readonly #told: Told;

  constructor(keep: Keep, told: Told) {
    this.#keep = keep;
    this.#told = told;
  }

  /** The form changed; `form` is read when it is kept, not now. */
  note(captureId: string, form: Typed): void {
    this.#pending = { captureId, form };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.keepNow, QUIET_MS);
  }

  /** Keeps it without waiting for a pause, and tells how that went. */
  keepNow = (): void => {
    this.flush().then(this.#told.onkept, this.#told.onproblem);
  };

  /** Keeps what is not kept yet, for whoever waits for it; what could not be kept stays pending. */
  flush = (): Promise<void> => {
    clearTimeout(this.#timer);
    this.#keeping = this.#keeping.catch(() => undefined).then(() => this.#keepPending());
    return this.#keeping;
  };

  async #keepPending(): Promise<void> {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = null;
    try {
      await this.#keep(pending.captureId, { ...pending.form });
    } catch (thrown) {
      this.#pending ??= pending;
      throw thrown;
    }
  }

  /** The form was saved or emptied: there is nothing left to keep. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#pending = null;
  }
}
