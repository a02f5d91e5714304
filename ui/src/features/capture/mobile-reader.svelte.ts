import { core, refusal, type Reading } from "../../api";

/** Long enough to skip a burst of keys, too short to be seen. */
const PAUSE_MS = 60;

const NOT_A_NUMBER_YET: Reading["kind"][] = ["empty", "incomplete", "unreadable"];

/** Asks the core what has been typed as a mobile; only the answer about the newest text is shown. */
export class MobileReader {
  reading = $state.raw<Reading | null>(null);
  #of = "";
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  read(typed: string, onread: (reading: Reading) => void): void {
    const ask = ++this.#asked;
    clearTimeout(this.#timer);
    if (!typed) {
      this.reading = null;
      return;
    }
    this.#timer = setTimeout(() => {
      core.readMobile(typed).then(
        (reading) => {
          if (ask !== this.#asked) return;
          this.reading = reading;
          this.#of = typed;
          onread(reading);
        },
        (thrown: unknown) => {
          // Saving reads the number again and says what is wrong; a lock is noticed by the window.
          if (ask === this.#asked) this.reading = unread(refusal(thrown).message);
        },
      );
    }, PAUSE_MS);
  }

  /** What `typed` is, where that and nothing newer is what was read. */
  readingOf(typed: string): Reading | null {
    return typed === this.#of ? this.reading : null;
  }

  clear(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.reading = null;
  }
}

/** The text to put into the field once it is a number. */
export function tidied(reading: Reading): string | null {
  return NOT_A_NUMBER_YET.includes(reading.kind) ? null : reading.typed_as;
}

function unread(sentence: string): Reading {
  return { kind: "unreadable", typed_as: "", sentence, spoken: "", usable: false, same: [] };
}
