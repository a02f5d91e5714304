import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core, listen } from "../src/api";
import Templates from "../src/features/settings/Templates.svelte";
import Wording from "../src/features/settings/Wording.svelte";

const field = (name: string) =>
  screen.findByLabelText<HTMLTextAreaElement & HTMLSelectElement>(name);
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
});

const PAGES = [
  {
    page: Wording,
    words: "Consent wording",
    which: { label: "Purpose", other: "opinions", first: "texts" },
    reads: "wording",
    judges: "judgeWording",
    saves: "saveWording",
    button: "Save wording",
  },
  {
    page: Templates,
    words: "Confirmation text",
    which: { label: "Which text", other: "help", first: "confirmation" },
    reads: "template",
    judges: "previewTemplate",
    saves: "saveTemplate",
    button: "Save text",
  },
] as const;

describe.for(PAGES)("$words", ({ page, words, which, reads, judges, saves, button }) => {
  const language = "In which language";

  async function open(): Promise<HTMLTextAreaElement> {
    render(page);
    const area = await field(words);
    await waitFor(() => expect(area.value).not.toBe(""));
    return area;
  }

  async function choose(label: string, value: string): Promise<void> {
    await user.selectOptions(await field(label), value);
  }

  test.for([
    { another: "language", label: language, there: "cy", back: "en" },
    { another: "one", label: which.label, there: which.other, back: which.first },
  ])(
    "that is not saved waits while another $another is looked at",
    async ({ label, there, back }) => {
      const area = await open();
      const kept = area.value;
      await user.type(area, " And more. STOP!!!");
      const typed = area.value;
      await choose(label, there);
      await waitFor(async () => expect((await field(label)).value).toBe(there));
      expect(screen.queryByDisplayValue(typed)).toBeNull();
      await choose(label, back);
      await waitFor(async () => expect((await field(words)).value).toBe(typed));
      expect(typed).not.toBe(kept);
      // What is said of it is said of these words.
      expect(await screen.findByText(/looks like spam/)).toBeTruthy();
      expect(screen.getByRole<HTMLButtonElement>("button", { name: button }).disabled).toBe(false);
    },
  );

  test("is what was chosen last, however late the other is read", async () => {
    const area = await open();
    const english = area.value;
    let free = (): void => undefined;
    vi.spyOn(core, reads).mockImplementationOnce(async () => {
      await new Promise<void>((done) => (free = done));
      throw new Error("too late to be heard");
    });
    await choose(language, "cy");
    expect((await field(words)).readOnly).toBe(true);
    await choose(language, "en");
    await waitFor(async () => expect((await field(words)).value).toBe(english));
    free();
    await Promise.resolve();
    expect((await field(words)).value).toBe(english);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("is the English one once its language is taken away, and waits for it to come back", async () => {
    SCENES["purposes"]?.(world);
    const { languages } = world;
    await open();
    await choose(language, "fr");
    await waitFor(async () => expect((await field(words)).readOnly).toBe(false));
    await user.type(await field(words), " Bonjour.");
    const typed = (await field(words)).value;
    world.languages = languages.filter(({ tag }) => tag !== "fr");
    tell("campaign");
    await waitFor(async () => expect((await field(language)).value).toBe("en"));
    await waitFor(async () => expect((await field(words)).value).not.toBe(""));
    expect((await field(words)).value).not.toBe(typed);
    world.languages = languages;
    tell("campaign");
    await screen.findByRole("option", { name: "Français" });
    await choose(language, "fr");
    await waitFor(async () => expect((await field(words)).value).toBe(typed));
  });

  test("is not judged by what was said of other words", async () => {
    const area = await open();
    let free = (): void => undefined;
    vi.spyOn(core, judges).mockImplementationOnce(async () => {
      await new Promise<void>((done) => (free = done));
      throw new Error("too late to be heard");
    });
    await user.type(area, "a");
    await user.type(area, "b STOP!!!");
    expect(await screen.findByText(/looks like spam/)).toBeTruthy();
    free();
    await Promise.resolve();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getByText(/looks like spam/)).toBeTruthy();
  });

  test("that is saved while another is on the screen waits no more, and is not said there", async () => {
    const area = await open();
    let free = (): void => undefined;
    const held = new Promise<void>((done) => (free = done));
    const save = core[saves] as (...given: string[]) => Promise<unknown>;
    vi.spyOn(core, saves).mockImplementationOnce((async (...given: string[]) => {
      await held;
      return save(...given);
    }) as never);
    await user.type(area, " More.");
    const typed = area.value;
    await user.click(screen.getByRole("button", { name: button }));
    await choose(language, "cy");
    await waitFor(async () => expect((await field(words)).readOnly).toBe(false));
    free();
    await waitFor(() => expect(world.wording === typed || world.body === typed).toBe(true));
    expect(screen.queryByText(/^Saved as version/)).toBeNull();
    await choose(language, "en");
    await waitFor(async () => expect((await field(words)).value).toBe(typed));
    expect(screen.getByRole<HTMLButtonElement>("button", { name: button }).disabled).toBe(true);
  });
});

test("the wording of a purpose that is taken away gives way to that for texts", async () => {
  SCENES["purposes"]?.(world);
  render(Wording);
  const [added] = world.purposes.filter(({ added_at }) => added_at !== null);
  await user.selectOptions(await field("Purpose"), added?.key ?? "");
  await waitFor(async () => expect((await field("Consent wording")).readOnly).toBe(false));
  const asked = world.purposes;
  world.purposes = asked.filter(({ key }) => key !== added?.key);
  tell("campaign");
  await waitFor(async () => expect((await field("Purpose")).value).toBe("texts"));
  await waitFor(async () => expect((await field("Consent wording")).value).toBe(world.wording));
});
