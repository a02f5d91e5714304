/** So long without a key or a touch, and whoever was here is asked whether they still are. */
const AWAY_MS = 60_000;

/** So long after that, what they typed goes: the next person must not see it. */
const GONE_MS = 20_000;

type Told = { onaway: () => void; ongone: () => void };

/** Whether anybody is still before the screen. */
export class Idle {
  away = $state(false);

  readonly #told: Told;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(told: Told) {
    this.#told = told;
  }

  /** Somebody is there, and says so where they were asked. */
  here = (): void => {
    clearTimeout(this.#timer);
    this.away = false;
    this.#timer = setTimeout(this.#ask, AWAY_MS);
  };

  /** While they are asked, only the answer counts: a key is meant for what was there before. */
  readonly #moved = (): void => {
    if (!this.away) this.here();
  };

  /** Starts to look out. Returns how to stop. */
  watch(): () => void {
    const events = ["keydown", "pointerdown", "pointermove", "input"];
    this.here();
    for (const event of events) window.addEventListener(event, this.#moved, { capture: true });
    return () => {
      clearTimeout(this.#timer);
      for (const event of events) window.removeEventListener(event, this.#moved, { capture: true });
    };
  }

  readonly #ask = (): void => {
    this.away = true;
    this.#timer = setTimeout(() => {
      this.here();
      this.#told.ongone();
    }, GONE_MS);
    this.#told.onaway();
  };
}
