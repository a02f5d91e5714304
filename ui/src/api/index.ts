/**
 * The one door to the core: its commands with their answers unwrapped, and what it tells us unasked.
 *
 * `bindings.ts` is generated from the shell's commands and must not be edited; nothing else imports it.
 */
import * as bindings from "./bindings";
import type { Code, Failure, Progress, Topic, Work } from "./bindings";

export type * from "./bindings";
export { whenDropped } from "./dropped";

/** What a command answers on the wire when it can fail. */
type Outcome = { status: "ok"; data: unknown } | { status: "error"; error: unknown };

type Data<Answer> = Answer extends { status: "ok"; data: infer Given }
  ? Given
  : Answer extends { status: "error" }
    ? never
    : Answer;

type Unwrapped<Command> = Command extends (...given: infer Given) => Promise<infer Answer>
  ? (...given: Given) => Promise<Data<Answer>>
  : never;

type Core = {
  [Name in keyof typeof bindings.commands]: Unwrapped<(typeof bindings.commands)[Name]>;
};

/** A command's failure: the sentence to show, the code to act on, and the field it is about. */
export class Refused extends Error {
  readonly code: Code;
  readonly field: string | null;

  constructor(failure: Failure) {
    super(failure.sentence);
    this.name = "Refused";
    this.code = failure.code;
    this.field = failure.field;
  }
}

/** Turns whatever was thrown into something that can be shown. */
export function refusal(thrown: unknown): Refused {
  if (thrown instanceof Refused) return thrown;
  if (isFailure(thrown)) return new Refused(thrown);
  return new Refused({
    code: "unexpected",
    sentence: "Placard could not do that. Nothing you typed is lost; please try again.",
    field: null,
  });
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "sentence" in thrown;
}

function isOutcome(answer: unknown): answer is Outcome {
  return typeof answer === "object" && answer !== null && "status" in answer;
}

const onLocked = new Set<() => void>();
const onHarmed = new Set<() => void>();
const onTopic = new Map<Topic, Set<() => void>>();
const onProgress = new Map<Work, Set<(progress: Progress) => void>>();

function unwrapping(command: (...given: never[]) => Promise<unknown>) {
  return async (...given: never[]): Promise<unknown> => {
    let answer: unknown;
    try {
      answer = await command(...given);
    } catch (thrown) {
      throw refusal(thrown);
    }
    if (!isOutcome(answer)) return answer;
    if (answer.status === "ok") return answer.data;
    const refused = refusal(answer.error);
    if (refused.code === "locked") for (const tell of onLocked) tell();
    if (refused.code === "harmed_vault") for (const tell of onHarmed) tell();
    throw refused;
  };
}

/** Every command of the core; each throws {@link Refused} where it cannot do what was asked. */
export const core = Object.fromEntries(
  Object.entries(bindings.commands).map(([name, command]) => [name, unwrapping(command)]),
) as unknown as Core;

/** Tells when any command answers that the vault is locked. Returns how to stop. */
export function whenLocked(tell: () => void): () => void {
  onLocked.add(tell);
  return () => onLocked.delete(tell);
}

/** Tells when any command answers that the open vault was damaged. Returns how to stop. */
export function whenHarmed(tell: () => void): () => void {
  onHarmed.add(tell);
  return () => onHarmed.delete(tell);
}

/** Tells each time the core reports that something under one of `topics` changed. Returns how to stop. */
export function whenChanged(topics: Topic[], tell: () => void): () => void {
  for (const topic of topics) {
    const listeners = onTopic.get(topic) ?? new Set();
    onTopic.set(topic, listeners.add(tell));
  }
  return () => {
    for (const topic of topics) onTopic.get(topic)?.delete(tell);
  };
}

/** Tells how far a long piece of work is, each time that the core says so. Returns how to stop. */
export function whenProgress(work: Work, tell: (progress: Progress) => void): () => void {
  const listeners = onProgress.get(work) ?? new Set();
  onProgress.set(work, listeners.add(tell));
  return () => listeners.delete(tell);
}

/** Starts to hear the core, and passes on to it that the system found a network. Called once. */
export function listen(): void {
  void bindings.events.changed.listen(({ payload }) => {
    for (const tell of onTopic.get(payload.topic) ?? []) tell();
  });
  void bindings.events.progress.listen(({ payload }) => {
    for (const tell of onProgress.get(payload.work) ?? []) tell(payload);
  });
  window.addEventListener("online", () => {
    // Nobody waits for this answer: the sender looks again by itself before long.
    core.networkChanged().catch(() => undefined);
  });
}
