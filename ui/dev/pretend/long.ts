import type { Work } from "../../src/api/bindings";
import { answer, refuse, tellProgress, world, type Answer } from "./core";

let end: ((stopped: boolean) => void) | null = null;

/** Long work: at once, or where the world is slow, until it is stopped or {@link finish}ed. */
export async function long<T>(
  work: Work,
  command: string,
  data: () => T | Promise<T>,
): Promise<Answer<T>> {
  const { slow } = world.lists;
  if (slow) {
    const ended = new Promise<boolean>((ends) => (end = ends));
    // Whoever shows it is drawn first.
    setTimeout(() => tellProgress({ work, ...slow }), 0);
    const stopped = await ended;
    end = null;
    if (stopped) return refuse("stopped", "Stopped. Nothing has changed.");
  }
  return answer(command, data);
}

/** What goes on ends well. */
export function finish(): void {
  end?.(false);
}

export async function stopWork(): Promise<void> {
  end?.(true);
}
