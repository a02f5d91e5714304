import { core, refusal, type HourChoice, type Refused, type Rules } from "../../api";

/** What the campaign decides, as a page of the settings shows a part of it. */
export class RulesEditor {
  rules = $state<Rules | null>(null);
  hours = $state.raw<HourChoice[]>([]);
  failure = $state.raw<Refused | null>(null);
  done = $state<string | null>(null);

  #kept = $state.raw<Rules | null>(null);
  #saving = false;
  /** How often it was told what is kept: what was being read before is older. */
  #told = 0;

  get changed(): boolean {
    return !same(this.rules, this.#kept);
  }

  /** Reads what is kept. What was chosen here and is not saved yet stays. */
  load = async (): Promise<void> => {
    try {
      const told = this.#told;
      const { rules, hours } = await core.rules();
      if (told !== this.#told) {
        await this.load();
        return;
      }
      this.hours = hours;
      if (!same(rules, this.#kept)) this.done = null;
      this.#take(rules);
      this.failure = null;
    } catch (thrown) {
      this.failure = refusal(thrown);
    }
  };

  /** Keeps what is chosen. Says so, and whether it is kept now. */
  save = async (saved: string): Promise<boolean> => {
    if (this.#saving || !this.rules) return false;
    this.#saving = true;
    this.done = null;
    try {
      const sent = $state.snapshot(this.rules);
      await core.saveRules(sent);
      // What was chosen meanwhile stays, and waits for the next save.
      this.#kept = sent;
      this.#told += 1;
      this.failure = null;
      this.done = saved;
      return true;
    } catch (thrown) {
      this.failure = refusal(thrown);
      return false;
    } finally {
      this.#saving = false;
    }
  };

  #take(kept: Rules): void {
    const [shown, before] = [$state.snapshot(this.rules), this.#kept];
    const chosen: Partial<Rules> = {};
    if (shown && before) {
      for (const name of Object.keys(shown) as (keyof Rules)[]) {
        if (!same(shown[name], before[name])) Object.assign(chosen, { [name]: shown[name] });
      }
    }
    this.#kept = kept;
    this.rules = { ...kept, ...chosen };
    this.#told += 1;
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
