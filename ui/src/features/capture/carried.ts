import type { Typed } from "../../api";

/**
 * What was typed into a form whose vault was damaged: the vault cannot keep it, so the window does, until the backup is
 * open. No screen shows it before.
 */
let carried: Typed | null = null;

export function carry(typed: Typed): void {
  carried = typed;
}

/** Gives it once. */
export function takeCarried(): Typed | null {
  const typed = carried;
  carried = null;
  return typed;
}
