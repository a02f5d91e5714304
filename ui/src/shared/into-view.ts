/** Brings what was just answered into view, however far down its page it stands. */
export function intoView(element: HTMLElement): void {
  element.scrollIntoView({ block: "nearest" });
}
