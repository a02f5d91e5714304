import type { Question } from "../api";

/** Everyone, newest first. */
export const EVERYONE: Question = {
  search: "",
  filter: {
    consent: null,
    text: null,
    canvasser: null,
    shift_id: null,
    from: null,
    to: null,
    language: null,
    household: null,
    opted_out: null,
    needs_correcting: null,
    act_id: null,
  },
  sort: "captured_at",
  descending: true,
};

/** Whether anybody is left out. */
export function isEveryone({ search, filter }: Question): boolean {
  return search.trim() === "" && Object.values(filter).every((value) => value === null);
}

/** What People shows now, for whoever hands those people on. */
class Shown {
  question = $state.raw<Question>(EVERYONE);
}

export const shown = new Shown();
