import Ban from "@lucide/svelte/icons/ban";
import Check from "@lucide/svelte/icons/check";
import CheckCheck from "@lucide/svelte/icons/check-check";
import CircleHelp from "@lucide/svelte/icons/circle-question-mark";
import Clock from "@lucide/svelte/icons/clock";
import OctagonX from "@lucide/svelte/icons/octagon-x";
import Send from "@lucide/svelte/icons/send";
import TriangleAlert from "@lucide/svelte/icons/triangle-alert";
import type { TextState } from "../api";

type Tone = "waiting" | "sent" | "good" | "problem" | "stopped";

/** Each state of a text has a shape of its own; its word comes first and its colour last. */
export const MARKS: Record<TextState, { icon: typeof Clock; tone: Tone; word: string }> = {
  waiting: { icon: Clock, tone: "waiting", word: "Waiting" },
  sending: { icon: Send, tone: "sent", word: "Sending" },
  accepted: { icon: Check, tone: "sent", word: "Sent" },
  delivered: { icon: CheckCheck, tone: "good", word: "Delivered" },
  undelivered: { icon: TriangleAlert, tone: "problem", word: "Undelivered" },
  failed: { icon: OctagonX, tone: "problem", word: "Failed" },
  uncertain: { icon: CircleHelp, tone: "waiting", word: "Uncertain" },
  not_sent: { icon: Ban, tone: "stopped", word: "Not sent" },
};
