import { refusal, type Refused } from "../api";

/** Something that is tried, one try at a time: whether it goes on, and why the last one failed. */
export class Trying {
  busy = $state(false);
  failure = $state.raw<Refused | null>(null);

  /** Tries it; gives nothing where it failed, or where a try goes on already. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.failure = null;
    try {
      return await work();
    } catch (thrown) {
      this.failure = refusal(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  /** What is wrong with a field, where the failure is about it. */
  at(field: string): string | null {
    return this.failure?.field === field ? this.failure.message : null;
  }

  /** The failure, where it is about none of these fields. */
  besides(...fields: string[]): Refused | null {
    return this.failure && !fields.includes(this.failure.field ?? "") ? this.failure : null;
  }
}
