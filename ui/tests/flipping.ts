import { configure, render, screen } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { tick } from "svelte";
import { afterEach, beforeEach, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

export const PIN = "2468";

export const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
export const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
export const heading = (name: string | RegExp) => screen.findByRole("heading", { name });
/** The first page: whoever comes next begins here. */
export const languages = () => heading(/Choose your language/);
export const wording = () => document.querySelector("blockquote");
export const sent = () => vi.mocked(core.flipSave).mock.calls.map(([, form]) => form);
export let user: UserEvent;

listen();
// On a clock that stands still, a look passes less time than it takes the core to answer.
configure({ asyncUtilTimeout: 5000 });

/** As long as a press so soon after the question counts as the press before. */
export const SAME_PRESS_MS = 700;

beforeEach(() => {
  // Time passes only when it is told to. Testing Library knows such a clock by Jest's name alone.
  vi.useFakeTimers();
  vi.stubGlobal("jest", { advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms) });
  user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  scene.current = null;
  world.pin = PIN;
  vi.spyOn(core, "flip");
  vi.spyOn(core, "flipSave");
});
afterEach(() => void vi.unstubAllGlobals());

/** Turns the screen to a supporter. */
export async function turn(): Promise<void> {
  render(App);
  await user.click(await button("Flip screen"));
  await languages();
}

/** Who they are, up to the first question. */
export async function introduce(language = "English"): Promise<void> {
  await user.click(await button(language));
  await user.type(await field("First name"), "Gwen");
  await user.type(await field("Mobile"), "07700900142");
  await user.click(await button("Next"));
  await button("Yes");
}

/** Time passes, and the window shows what came of it. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

/** Reads the question, then answers it. */
export async function answer(name: string): Promise<void> {
  const choice = await button(name);
  await pass(SAME_PRESS_MS);
  await user.click(choice);
}

/** Turns the screen to a supporter. */
export async function turnBack(pin = PIN): Promise<void> {
  await user.click(await button("Canvasser"));
  await user.type(await field("PIN"), `${pin}{Enter}`);
}
