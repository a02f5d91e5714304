import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { aSave } from "../dev/pretend/world";
import { core } from "../src/api";
import Capture from "../src/features/capture/Capture.svelte";

const field = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
const no = (name: string) => screen.getByRole("button", { name: `Said no: ${name}` });
const wording = (purpose: string) => document.getElementById(`wording-${purpose}`);
const saved = () => vi.mocked(core.saveCapture).mock.lastCall?.[1];
const answers = () => vi.mocked(core.saveCapture).mock.lastCall?.[1].answers;
let user: UserEvent;

async function open(): Promise<void> {
  render(Capture, { practice: false, shown: true });
  await waitFor(() => expect(document.activeElement).toBe(field("First name")));
}

async function save(): Promise<void> {
  const before = vi.mocked(core.saveCapture).mock.calls.length;
  await user.type(field("First name"), "Amina{Enter}");
  await waitFor(() => expect(core.saveCapture).toHaveBeenCalledTimes(before + 1));
  await waitFor(() => expect(field("First name").value).toBe(""));
}

beforeEach(() => {
  user = userEvent.setup();
  vi.spyOn(core, "saveCapture");
});

describe("what they agree to", () => {
  test("nothing is ticked or pressed beforehand, and who was not asked has no answer", async () => {
    await open();
    for (const each of screen.getAllByRole<HTMLInputElement>("checkbox")) {
      expect(each.checked).toBe(false);
    }
    for (const each of screen.getAllByRole("button", { name: /^Said no/ })) {
      expect(each.getAttribute("aria-pressed")).toBe("false");
    }
    await save();
    expect(answers()).toEqual({});
  });

  test("one yes is no other yes, and neither is carried over to the next person", async () => {
    await open();
    await user.click(box("Keeps what I think"));
    expect(box("Agrees to texts").checked).toBe(false);
    await save();
    expect(answers()).toEqual({ opinions: true });
    expect(box("Keeps what I think").checked).toBe(false);
    await save();
    expect(answers()).toEqual({});
  });

  test("“Said no” unticks the box and is recorded as a no", async () => {
    await open();
    await user.click(box("Agrees to texts"));
    await user.click(no("Agrees to texts"));
    expect(box("Agrees to texts").checked).toBe(false);
    expect(no("Agrees to texts").getAttribute("aria-pressed")).toBe("true");
    await save();
    expect(answers()).toEqual({ texts: false });
    expect(no("Agrees to texts").getAttribute("aria-pressed")).toBe("false");
  });

  test("“Said no” pressed again, and a box unticked, are no answer", async () => {
    await open();
    await user.click(no("Agrees to texts"));
    await user.click(no("Agrees to texts"));
    await user.click(box("Keeps what I think"));
    await user.click(box("Keeps what I think"));
    expect(no("Agrees to texts").getAttribute("aria-pressed")).toBe("false");
    await save();
    expect(answers()).toEqual({});
  });

  test("ticking the box takes the no back", async () => {
    await open();
    await user.click(no("Agrees to texts"));
    await user.click(box("Agrees to texts"));
    expect(no("Agrees to texts").getAttribute("aria-pressed")).toBe("false");
    await save();
    expect(answers()).toEqual({ texts: true });
  });

  test("a no is kept with the half-filled form, and comes back", async () => {
    world.draft = {
      first_name: "Amina",
      last_name: "",
      mobile: "",
      email: "",
      postcode: "",
      language: "en",
      answers: { texts: false, opinions: true },
      wordings: {},
    };
    await open();
    expect(no("Agrees to texts").getAttribute("aria-pressed")).toBe("true");
    expect(box("Agrees to texts").checked).toBe(false);
    expect(box("Keeps what I think").checked).toBe(true);
  });
});

describe("the wording", () => {
  test("follows the chosen language, with its direction, and goes back", async () => {
    await open();
    expect(wording("texts")?.lang).toBe("en");
    expect(wording("texts")?.textContent?.trim()).toBe(world.wording);

    await user.selectOptions(screen.getByLabelText("Language"), "اردو");
    for (const purpose of ["texts", "opinions"]) {
      expect(wording(purpose)?.lang).toBe("ur");
      expect(wording(purpose)?.dir).toBe("rtl");
      expect(wording(purpose)?.textContent?.trim()).toMatch(/^کیا Clean Air Now/);
    }
    await user.selectOptions(screen.getByLabelText("Language"), "Cymraeg");
    expect(wording("texts")?.lang).toBe("cy");
    expect(wording("texts")?.textContent).toContain("drwy ateb STOP");
    await user.selectOptions(screen.getByLabelText("Language"), "English");
    expect(wording("texts")?.textContent?.trim()).toBe(world.wording);
  });

  test("is the English one, and says so, in a language that has none", async () => {
    await open();
    await user.selectOptions(screen.getByLabelText("Language"), "Polski");
    expect(wording("texts")?.lang).toBe("en");
    expect(wording("texts")?.textContent?.trim()).toBe(world.wording);
  });

  test("in front of the canvasser is that of what is being asked", async () => {
    await open();
    const which = within(screen.getByRole("group", { name: "Which wording" }));
    const tab = (name: string) => which.getByRole("button", { name: `Wording: ${name}` });
    expect(tab("Texts").getAttribute("aria-pressed")).toBe("true");
    await user.click(box("Keeps what I think"));
    expect(tab("Keeps what I think").getAttribute("aria-pressed")).toBe("true");
    expect(wording("texts")?.classList.contains("unseen")).toBe(true);
    expect(wording("opinions")?.classList.contains("unseen")).toBe(false);
    await user.click(tab("Texts"));
    expect(wording("texts")?.classList.contains("unseen")).toBe(false);
  });

  test("is chosen from a list where many things are asked", async () => {
    SCENES["purposes"]?.(world);
    await open();
    const which = screen.getByLabelText<HTMLSelectElement>("Which wording");
    expect([...which.options].map(({ text }) => text)).toEqual([
      "Texts",
      "Keeps what I think",
      "Calls about volunteering",
      "Emails about the Annual General Meeting and who speaks at it",
      "Letters about petitions",
    ]);
    await user.click(no("Agrees to calls about volunteering"));
    expect(which.value).toBe("calls-volunteering");
    expect(wording("calls-volunteering")?.classList.contains("unseen")).toBe(false);
    await user.selectOptions(which, "Letters about petitions");
    expect(wording("post-petitions")?.classList.contains("unseen")).toBe(false);
    await save();
    expect(answers()).toEqual({ "calls-volunteering": false });
  });

  test("each box is described by its own wording", async () => {
    await open();
    for (const [name, purpose] of [
      ["Agrees to texts", "texts"],
      ["Keeps what I think", "opinions"],
    ] as const) {
      expect(box(name).getAttribute("aria-describedby")?.split(" ")).toContain(
        `wording-${purpose}`,
      );
    }
  });
});

describe("an answer", () => {
  const speak = (name: string) => user.selectOptions(screen.getByLabelText("Language"), name);

  test.for([
    { language: "English", wordings: { texts: "texts-en", opinions: "opinions-en" } },
    { language: "اردو", wordings: { texts: "texts-ur", opinions: "opinions-ur" } },
    // Nothing is there in Polish: what was read out is the English one.
    { language: "Polski", wordings: { texts: "texts-en", opinions: "opinions-en" } },
  ])("names the wording that was read out: $language", async ({ language, wordings }) => {
    await open();
    await speak(language);
    await user.click(box("Agrees to texts"));
    await user.click(no("Keeps what I think"));
    await save();
    expect(saved()).toMatchObject({ answers: { texts: true, opinions: false }, wordings });
    await save();
    expect(saved()?.wordings).toEqual({});
  });

  test("keeps its wording when the language is changed afterwards", async () => {
    await open();
    await user.click(box("Agrees to texts"));
    await speak("اردو");
    await user.click(no("Keeps what I think"));
    await speak("Cymraeg");
    await save();
    expect(saved()).toMatchObject({
      language: "cy",
      answers: { texts: true, opinions: false },
      wordings: { texts: "texts-en", opinions: "opinions-ur" },
    });
  });

  test("given again is to the wording that is read out then", async () => {
    await open();
    await user.click(box("Agrees to texts"));
    await speak("Cymraeg");
    await user.click(no("Agrees to texts"));
    await save();
    expect(saved()).toMatchObject({ answers: { texts: false }, wordings: { texts: "texts-cy" } });
  });

  test("taken back leaves no wording", async () => {
    await open();
    await user.click(box("Agrees to texts"));
    await user.click(box("Agrees to texts"));
    await save();
    expect(saved()).toMatchObject({ answers: {}, wordings: {} });
    expect(saved()?.wordings).toEqual({});
  });

  test("is kept half-filled with its wording, whatever is read out by the time that it is saved", async () => {
    world.draft = {
      first_name: "",
      last_name: "",
      mobile: "",
      email: "",
      postcode: "",
      language: "ur",
      answers: { texts: true },
      wordings: { texts: "texts-of-yesterday" },
    };
    await open();
    await user.click(no("Keeps what I think"));
    await save();
    expect(saved()?.wordings).toEqual({ texts: "texts-of-yesterday", opinions: "opinions-ur" });
  });
});

describe("opting in from their own phone", () => {
  test("shows the wording, the code to scan and what to text where", async () => {
    world.saved = [aSave(0)];
    await open();
    await user.click(await screen.findByRole("button", { name: "Own phone: Amina Khan" }));
    const sheet = within(await screen.findByRole("dialog", { name: /Amina Khan/ }));
    expect(sheet.getByText(world.wording).lang).toBe("en");
    expect(sheet.getByText("JOIN K7MX2")).toBeTruthy();
    expect(sheet.getByText("07700 900199")).toBeTruthy();
    expect(sheet.getByRole("img", { name: /code to scan/ })).toBeTruthy();
  });

  test("says why where the gateway has no number", async () => {
    world.saved = [aSave(0)];
    world.failures["handset"] = {
      code: "invalid",
      sentence: "The gateway has no number that phones can text.",
      field: "gateway",
    };
    await open();
    await user.click(await screen.findByRole("button", { name: "Own phone: Amina Khan" }));
    expect((await screen.findByRole("alert")).textContent).toContain("has no number");
  });
});
