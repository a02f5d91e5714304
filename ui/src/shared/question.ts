import type { Filter, Question } from "../api";

/** Narrows nothing. */
export const NO_FILTER: Filter = {
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
};

/** Everybody, newest first: what People shows before anything is asked of it. */
export const EVERYBODY: Question = {
  search: "",
  filter: NO_FILTER,
  sort: "captured_at",
  descending: true,
};
