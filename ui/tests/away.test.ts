import { configure, fireEvent, render, screen } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const PIN = "2468";

/** So long without anybody until it is asked, and so long after that until everything is gone. */
const AWAY_MS = 60_000;
const GONE_MS = 20_000;

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const languages = () => screen.findByRole("heading", { name: /Choose your language/ });
const asked = () => screen.queryByRole("alertdialog", { name: "Are you still there?" });
let user: UserEvent;

listen();
// On a clock that stands still, a look passes less time than it takes the core to answer.
configure({ asyncUtilTimeout: 5000 });

beforeEach(() => {
  // Time passes only when it is told to. Testing Library knows such a clock by Jest's name alone.
  vi.useFakeTimers();
  vi.stubGlobal("jest", { advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms) });
  user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  scene.current = null;
  world.pin = PIN;
  world.scene = { at: "flipped" };
  vi.spyOn(core, "flipSave");
});
afterEach(() => void vi.unstubAllGlobals());

/** Time passes, and the window shows what came of it. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

/** Somebody moves once more, and then nobody for so long. */
async function leave(ms: number): Promise<void> {
  await fireEvent.pointerMove(document.body);
  await pass(ms);
}

/** Up to the first question, or to the details before it. */
async function introduce(upTo: "details" | "question", language = "English"): Promise<void> {
  render(App);
  await user.click(await button(language));
  await user.type(await field("First name"), "Gwen");
  await user.type(await field("Mobile"), "07700900142");
  if (upTo === "details") return;
  await user.click(await button("Next"));
  await button("Yes");
}

/** So many questions read, and answered with No. */
async function refuse(questions: number): Promise<void> {
  for (let question = 0; question < questions; question++) {
    const no = await button("No");
    await pass(700);
    await user.click(no);
    await pass(0);
  }
}

describe("whoever goes away from the turned screen", () => {
  test("is asked after a minute, and not before", async () => {
    await introduce("details");
    await leave(AWAY_MS - 1);
    expect(asked()).toBeNull();
    await pass(1);
    expect(asked()).not.toBeNull();
    expect(await button("Carry on")).toBeTruthy();
  });

  test("carries on where they were, and is asked again after another minute", async () => {
    await introduce("details");
    await leave(AWAY_MS);
    await user.click(await button("Carry on"));
    expect(asked()).toBeNull();
    expect((await field("First name")).value).toBe("Gwen");
    await leave(AWAY_MS - 1);
    expect(asked()).toBeNull();
    await pass(1);
    expect(asked()).not.toBeNull();
  });

  test.for([
    ["a key", () => fireEvent.keyDown(document.body, { key: "Shift" })],
    ["a touch", () => fireEvent.pointerDown(document.body)],
    ["a move", () => fireEvent.pointerMove(document.body)],
  ] as const)("is there with %s", async ([, stir]) => {
    await introduce("question");
    await leave(AWAY_MS - 1);
    await stir();
    await pass(AWAY_MS - 1);
    expect(asked()).toBeNull();
    await pass(1);
    expect(asked()).not.toBeNull();
    // Once they are asked, only the answer counts: anything else is meant for what is behind.
    await pass(GONE_MS - 100);
    await stir();
    expect(asked()).not.toBeNull();
    await user.click(await button("Carry on"));
    await pass(GONE_MS);
    expect(asked()).toBeNull();
    expect(await button("Yes")).toBeTruthy();
  });

  test.for(["details", "question"] as const)(
    "at the %s leaves nothing for whoever comes next",
    async (upTo) => {
      await introduce(upTo, "Cymraeg");
      await leave(AWAY_MS + GONE_MS - 1);
      expect(asked()).not.toBeNull();
      await pass(1);
      await languages();
      expect(asked()).toBeNull();
      expect(screen.getByRole("main").lang).toBe("en");
      expect(document.body.innerHTML).not.toContain("Gwen");
      await user.click(await button("English"));
      for (const each of await screen.findAllByRole<HTMLInputElement>("textbox")) {
        expect(each.value).toBe("");
      }
      expect(core.flipSave).not.toHaveBeenCalled();
    },
  );

  test("has said nothing with what they answered so far", async () => {
    await introduce("question");
    await pass(700);
    await user.click(await button("Yes"));
    await leave(AWAY_MS + GONE_MS);
    await languages();
    await user.click(await button("English"));
    await user.type(await field("First name"), "Rhys{Enter}");
    await refuse(2);
    await screen.findByRole("heading", { name: "Thank you" });
    expect(vi.mocked(core.flipSave).mock.calls.map(([, form]) => form)).toEqual([
      expect.objectContaining({
        first_name: "Rhys",
        mobile: "",
        answers: { texts: false, opinions: false },
      }),
    ]);
  });

  test("after the thanks leaves the first page", async () => {
    await introduce("question");
    await refuse(2);
    await screen.findByRole("heading", { name: "Thank you" });
    await leave(AWAY_MS + GONE_MS);
    expect(await languages()).toBeTruthy();
  });

  test("is not asked on the first page, which waits for as long as it takes", async () => {
    render(App);
    await languages();
    for (let minute = 0; minute < 5; minute++) {
      await pass(AWAY_MS);
      expect(asked()).toBeNull();
    }
    expect(await languages()).toBeTruthy();
  });

  test("from a PIN that is half typed leaves none", async () => {
    render(App);
    await user.click(await button("Canvasser"));
    await user.type(await field("PIN"), "24");
    await leave(AWAY_MS);
    expect(asked()).not.toBeNull();
    await pass(GONE_MS);
    await languages();
    expect(screen.queryByLabelText("PIN")).toBeNull();
  });

  test("is asked no more once the screen is turned back", async () => {
    const view = vi.spyOn(core, "flipView");
    await introduce("details");
    await user.click(await button("Canvasser"));
    await user.type(await field("PIN"), `${PIN}{Enter}`);
    await button("Flip screen");
    view.mockClear();
    await pass(AWAY_MS + GONE_MS);
    expect(asked()).toBeNull();
    expect(view).not.toHaveBeenCalled();
    expect(await button("Flip screen")).toBeTruthy();
  });

  test("leaves nothing either where the core cannot answer", async () => {
    await introduce("details");
    world.failures["flipView"] = {
      code: "unexpected",
      sentence: "It cannot be read.",
      field: null,
    };
    await leave(AWAY_MS + GONE_MS);
    await screen.findByRole("alert");
    expect(screen.queryByDisplayValue("Gwen")).toBeNull();
  });

  test("answers no question with the key that says that they are there", async () => {
    await introduce("question");
    await pass(700);
    (await button("Yes")).focus();
    await leave(AWAY_MS);
    expect(asked()).not.toBeNull();
    await user.keyboard("{Enter}");
    await pass(0);
    expect(document.querySelector("blockquote")?.textContent).toBe(world.wording);
  });
});
