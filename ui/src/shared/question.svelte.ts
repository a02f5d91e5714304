import type { Question } from "../api";
import { EVERYBODY } from "./question";

/** Whether anybody is left out. */
export function isEveryone({ search, filter }: Question): boolean {
  return search.trim() === "" && Object.values(filter).every((value) => value === null);
}

/** What People shows now, for whoever hands those people on. */
class Shown {
  question = $state.raw<Question>(EVERYBODY);
}

export const shown = new Shown();
