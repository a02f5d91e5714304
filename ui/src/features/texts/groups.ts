import type { TextGroup } from "../../api";

/** The groups of texts in the order of how much they want someone. */
export const GROUPS: { group: TextGroup; title: string; about: string }[] = [
  { group: "needs_you", title: "Needs you", about: "Only a person can decide these." },
  { group: "going", title: "Going now", about: "On their way, or being asked about." },
  { group: "waiting", title: "Waiting", about: "They go by themselves." },
  { group: "done", title: "Done", about: "Nothing more will happen to these." },
];

/** Rows read in one go. */
export const PAGE = 100;

/** The most that the core gives at once. */
export const MOST = 500;
