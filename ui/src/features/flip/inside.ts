/** Keys that edit a field, and nothing else, may be pressed with Ctrl on the supporter's side of the screen. */
const EDITING = new Set(["a", "c", "x"]);

/** Whether it types a letter: with Alt on a Mac, and with AltGr, which some systems tell as Ctrl and Alt. */
function types(event: KeyboardEvent): boolean {
  const inField = event.target instanceof HTMLInputElement;
  const letter = [...event.key].length === 1 || event.key === "Dead";
  return (
    inField && letter && !event.metaKey && event.ctrlKey === event.getModifierState("AltGraph")
  );
}

/** Keys that a web view knows for going elsewhere: reloading, going back, printing, searching, its inspector. */
function leads(event: KeyboardEvent): boolean {
  if (/^(F\d+|Browser\w+)$/.test(event.key)) return true;
  if (event.altKey) return !types(event);
  if (!event.ctrlKey && !event.metaKey) return false;
  // Nothing is pasted or brought back either: it may be somebody else's.
  return event.shiftKey || !EDITING.has(event.key.toLowerCase());
}

/**
 * Keeps whoever sits before the screen on it: no shortcut, no menu, no way back, nothing pasted. What the core answers
 * does not depend on this; it is for a screen that stays as it is. Returns how to stop.
 */
export function keepInside(): () => void {
  const key = (event: KeyboardEvent): void => {
    if (leads(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  const nothing = (event: Event): void => event.preventDefault();
  const events = ["contextmenu", "dragstart", "dragover", "drop", "paste"];
  window.addEventListener("keydown", key, { capture: true });
  for (const event of events) window.addEventListener(event, nothing);
  return () => {
    window.removeEventListener("keydown", key, { capture: true });
    for (const event of events) window.removeEventListener(event, nothing);
  };
}
