import type { Code, Failure, Progress, Topic } from "../../src/api/bindings";
import { SCENES } from "./scenes";
import { emptyWorld, type World } from "./world";

/** The pretend core's present state: tests and scenes change it before or while a screen is shown. */
export const world: World = emptyWorld();

SCENES[new URLSearchParams(location.search).get("scene") ?? ""]?.(world);

const heard = new Set<(event: { payload: { topic: Topic } }) => void>();

/** Says that something changed, as the core does. */
export function tell(topic: Topic): void {
  for (const hear of heard) hear({ payload: { topic } });
}

const watching = new Set<(event: { payload: Progress }) => void>();

/** Says how far a long piece of work is, as the core does. */
export function tellProgress(progress: Progress): void {
  for (const hear of watching) hear({ payload: progress });
}

export const events = {
  changed: {
    listen: async (hear: (event: { payload: { topic: Topic } }) => void) => {
      heard.add(hear);
      return () => heard.delete(hear);
    },
  },
  progress: {
    listen: async (hear: (event: { payload: Progress }) => void) => {
      watching.add(hear);
      return () => watching.delete(hear);
    },
  },
};

/** Puts the world back to an empty, open campaign. */
export function reset(): void {
  Object.assign(world, emptyWorld());
}

export type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Failure };

export async function answer<T>(command: string, data: () => T | Promise<T>): Promise<Answer<T>> {
  const failure = world.failures[command];
  return failure ? { status: "error", error: failure } : { status: "ok", data: await data() };
}

export function refuse<T>(code: Code, sentence: string, field: string | null = null): Answer<T> {
  return { status: "error", error: { code, sentence, field } };
}
