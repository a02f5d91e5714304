import { core } from "../../api";

/** The growing wait after wrong passphrases, counted down; the core keeps it, this only shows it. */
export class Pause {
  seconds = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  get inWords(): string {
    return this.seconds === 1 ? "1 second" : `${this.seconds} seconds`;
  }

  async look(): Promise<void> {
    try {
      this.seconds = await core.unlockPause();
    } catch {
      this.seconds = 0; // Only the countdown is lost: the core still waits.
    }
    this.stop();
    if (this.seconds > 0) this.#timer = setInterval(() => this.#count(), 1000);
  }

  #count(): void {
    this.seconds -= 1;
    if (this.seconds <= 0) this.stop();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
