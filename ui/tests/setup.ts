import { cleanup, configure } from "@testing-library/svelte";
import { afterEach, beforeEach, vi } from "vitest";
import { reset } from "../dev/pretend/bindings";

// As patient as a person, on a machine that builds something else meanwhile.
configure({ asyncUtilTimeout: 5_000 });

// jsdom draws nothing: what only a drawn page has is stood in for.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
Element.prototype.scrollIntoView = () => undefined;
// Arrows among radios look for the others by their name.
Object.assign(globalThis, { CSS: { escape: (name: string) => name } });
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

beforeEach(() => {
  reset();
  location.hash = "";
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
