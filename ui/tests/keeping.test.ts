import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { minutesAgo } from "../dev/pretend/world";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";
import Capture from "../src/features/capture/Capture.svelte";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const choice = (name: string) => screen.findByLabelText<HTMLSelectElement>(name);
const chosen = async (name: string) => (await choice(name)).selectedOptions[0]?.text;
const notice = async () =>
  (await screen.findByRole("region", { name: "The privacy notice" })).textContent;
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
});

/** Opens a page of the settings. Returns how to leave it. */
async function open(page: string): Promise<() => void> {
  // The page is told of each change of the address afterwards: of all of them before anything is chosen on it.
  const moved = new Promise<void>((done) => {
    const hear = ({ newURL }: HashChangeEvent): void => {
      if (!newURL.endsWith(`#/settings/${page}`)) return;
      window.removeEventListener("hashchange", hear);
      done();
    };
    window.addEventListener("hashchange", hear);
  });
  location.hash = `#/settings/${page}`;
  await moved;
  const { unmount } = render(App);
  await screen.findByRole("navigation", { name: "Settings pages" });
  return unmount;
}

describe("how long people are kept", () => {
  test("is for as long as they do not ask us to stop, until the campaign chooses", async () => {
    await open("keeping");
    expect(await chosen("People are kept for")).toBe("Until they ask us to stop");
    expect((await button("Save")).disabled).toBe(true);
    await waitFor(async () => expect(await notice()).toContain("until you ask us to stop"));
  });

  test("is chosen, kept, and what people are told follows it", async () => {
    world.rules = { ...world.rules, from: 570, sundays: false, relies_on: "spoken" };
    const before = structuredClone(world.rules);
    const leave = await open("keeping");
    await user.selectOptions(await choice("People are kept for"), "12 months");
    // What is chosen is not yet what is said to people.
    expect(await notice()).toContain("until you ask us to stop");
    await user.click(await button("Save"));
    expect(await screen.findByText("Saved.")).toBeTruthy();
    expect(world.rules).toEqual({ ...before, kept_for: 12 });
    await waitFor(async () => expect(await notice()).toContain("kept for 12 months"));
    expect((await button("Save")).disabled).toBe(true);

    leave();
    render(App);
    expect(await chosen("People are kept for")).toBe("12 months");
    await user.selectOptions(await choice("People are kept for"), "Until they ask us to stop");
    await user.click(await button("Save"));
    await waitFor(() => expect(world.rules.kept_for).toBeNull());
  });

  test("whom to write to is kept and stands in the notice", async () => {
    await open("keeping");
    await waitFor(async () => expect(await notice()).toContain("Write to Maya Okafor."));
    await user.type(await field("Contact"), "data@example.org{Enter}");
    await waitFor(async () => expect(await notice()).toContain("Write to data@example.org."));
    expect(world.rules.contact).toBe("data@example.org");
  });

  test("where it cannot be saved says why, and what was typed stays", async () => {
    world.failures["saveRules"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    await open("keeping");
    await user.type(await field("Contact"), "data@example.org{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText("Saved.")).toBeNull();
    expect((await field("Contact")).value).toBe("data@example.org");
    delete world.failures["saveRules"];
    await user.click(await button("Save"));
    expect(await screen.findByText("Saved.")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("where it cannot be read says why, and can be looked at again", async () => {
    world.failures["rules"] = { code: "unexpected", sentence: "It cannot be read.", field: null };
    await open("keeping");
    expect((await screen.findByRole("alert")).textContent).toContain("It cannot be read.");
    delete world.failures["rules"];
    await user.click(await button("Look again"));
    expect(await choice("People are kept for")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("people whom nobody has heard of for longer", () => {
  beforeEach(() => {
    world.rules.kept_for = 12;
    world.past = [
      { id: "person-1", name: "Rhys ap Gwilym", at: minutesAgo(60 * 24 * 500) },
      { id: "person-0", name: "Amina Khan", at: minutesAgo(60 * 24 * 400) },
    ];
  });

  const past = () =>
    screen.findByRole("region", { name: "2 people are kept longer than you said" });

  test("are counted and named, each a link to what is held", async () => {
    await open("keeping");
    const links = within(await past()).getAllByRole<HTMLAnchorElement>("link");
    expect(links.map(({ text, hash }) => [text, hash])).toEqual([
      ["Rhys ap Gwilym", "#/people/person-1"],
      ["Amina Khan", "#/people/person-0"],
    ]);
  });

  test("are erased after a second question that says what will happen", async () => {
    const erase = vi.spyOn(core, "erasePastKeeping");
    await open("keeping");
    expect(screen.queryByText(/cannot be undone/)).toBeNull();
    await user.click(await button("Erase them"));
    expect(await screen.findByText("Erase all 2?")).toBeTruthy();
    await waitFor(async () => expect(document.activeElement).toBe(await button("Erase for good")));
    expect(
      await screen.findByText(
        "They, their texts and what they wrote go for good. This cannot be undone.",
      ),
    ).toBeTruthy();
    await user.click(await button("Leave it"));
    expect(erase).not.toHaveBeenCalled();
    expect(await past()).toBeTruthy();

    await user.click(await button("Erase them"));
    await user.click(await button("Erase for good"));
    expect(await screen.findByText("2 people are erased.")).toBeTruthy();
    expect(erase).toHaveBeenCalledOnce();
    expect(screen.queryByText("Amina Khan")).toBeNull();
    expect(screen.queryByRole("button", { name: "Erase them" })).toBeNull();
  });

  test("are shown twenty first, and the others when asked for", async () => {
    world.past = Array.from({ length: 25 }, (_, index) => ({
      id: `person-${index}`,
      name: `Supporter ${index}`,
      at: minutesAgo(60 * 24 * 500),
    }));
    await open("keeping");
    const region = within(
      await screen.findByRole("region", { name: "25 people are kept longer than you said" }),
    );
    expect(region.getAllByRole("link")).toHaveLength(20);
    expect(region.getByText(/^And 5 more\./)).toBeTruthy();
    await user.click(region.getByRole("button", { name: "Show more" }));
    await waitFor(() => expect(region.getAllByRole("link")).toHaveLength(25));
    expect(region.queryByRole("button", { name: "Show more" })).toBeNull();
    expect(region.queryByText(/^And \d/)).toBeNull();
    await user.click(region.getByRole("button", { name: "Erase them" }));
    // Asked about are all, not only those who are shown.
    expect(await region.findByText("Erase all 25?")).toBeTruthy();
  });

  test("are one person where they are one, also in the question", async () => {
    world.past = world.past.slice(0, 1);
    await open("keeping");
    await screen.findByRole("region", { name: "1 person is kept longer than you said" });
    await user.click(await button("Erase them"));
    expect(await screen.findByText("Erase this person?")).toBeTruthy();
    await user.click(await button("Erase for good"));
    expect(await screen.findByText("1 person is erased.")).toBeTruthy();
  });

  test("are asked about anew where they have become others meanwhile", async () => {
    await open("keeping");
    await user.click(await button("Erase them"));
    await button("Erase for good");
    world.rules = { ...world.rules, contact: "data@example.org" };
    tell("campaign");
    await waitFor(async () => expect(await notice()).toContain("data@example.org"));
    expect(await button("Erase for good")).toBeTruthy();
    world.past = [...world.past, { id: "person-2", name: "Bo", at: minutesAgo(60 * 24 * 450) }];
    tell("campaign");
    await screen.findByRole("region", { name: "3 people are kept longer than you said" });
    expect(screen.queryByRole("button", { name: "Erase for good" })).toBeNull();
    expect(await button("Erase them")).toBeTruthy();
  });

  test("are erased once, however often it is pressed", async () => {
    const erase = vi.spyOn(core, "erasePastKeeping");
    await open("keeping");
    await user.click(await button("Erase them"));
    await user.dblClick(await button("Erase for good"));
    expect(await screen.findByText("2 people are erased.")).toBeTruthy();
    expect(erase).toHaveBeenCalledOnce();
  });

  test("are none where people are kept until they ask", async () => {
    await open("keeping");
    await past();
    await user.selectOptions(await choice("People are kept for"), "Until they ask us to stop");
    // Until it is saved, it is as it was.
    expect(await past()).toBeTruthy();
    await user.click(await button("Save"));
    await waitFor(() => expect(screen.queryByText("Amina Khan")).toBeNull());
    expect(screen.queryByRole("button", { name: "Erase them" })).toBeNull();
  });

  test("stay where they cannot be erased, and why is said", async () => {
    world.failures["erasePastKeeping"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    await open("keeping");
    await user.click(await button("Erase them"));
    await user.click(await button("Erase for good"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText(/^\d+ people are erased\./)).toBeNull();
    expect(within(await past()).getByText("Amina Khan")).toBeTruthy();
  });

  test("are erased without losing what is typed above and not yet saved", async () => {
    await open("keeping");
    await user.type(await field("Contact"), "data@example.org");
    await user.click(await button("Erase them"));
    await user.click(await button("Erase for good"));
    await screen.findByText("2 people are erased.");
    await waitFor(() => expect(screen.queryByText("Amina Khan")).toBeNull());
    expect((await field("Contact")).value).toBe("data@example.org");
  });
});

describe("the privacy notice at the stall", () => {
  const sheet = () => screen.findByRole<HTMLDialogElement>("dialog", { name: "Privacy notice" });

  /** Escape as a browser has it for a modal dialog. */
  function onEscape(event: KeyboardEvent): void {
    const dialog = document.querySelector<HTMLDialogElement>("dialog[open]");
    if (event.key !== "Escape" || event.defaultPrevented || !dialog) return;
    if (dialog.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
  }

  // jsdom has no modal dialogs: what a browser does for one, and no more. The focus goes in, and back on closing.
  const focusBefore = new WeakMap<HTMLDialogElement, Element | null>();
  HTMLDialogElement.prototype.close = function () {
    if (!this.open) return;
    this.open = false;
    const before = focusBefore.get(this);
    if (before instanceof HTMLElement) before.focus();
    queueMicrotask(() => this.dispatchEvent(new Event("close")));
  };

  beforeEach(() => {
    vi.spyOn(HTMLDialogElement.prototype, "showModal").mockImplementation(function (
      this: HTMLDialogElement,
    ) {
      focusBefore.set(this, document.activeElement);
      this.open = true;
      this.querySelector("button")?.focus();
    });
    document.addEventListener("keydown", onEscape);
    vi.spyOn(core, "saveCapture");
  });
  afterEach(() => document.removeEventListener("keydown", onEscape));

  async function begin(): Promise<void> {
    render(Capture, { practice: false, shown: true });
    await waitFor(async () => expect(document.activeElement).toBe(await field("First name")));
    await user.type(await field("First name"), "Amina");
  }

  test("reads what the campaign says, and Escape closes it where the focus was", async () => {
    world.rules.contact = "data@example.org";
    world.rules.kept_for = 24;
    await begin();
    const opener = await button("Privacy notice");
    await user.click(opener);
    const words = within(await sheet());
    expect((await words.findByText(/kept for 24 months\. Write to data@example\.org/)).lang).toBe(
      "en",
    );
    expect(document.activeElement).not.toBe(opener);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement).toBe(opener);
    expect(core.saveCapture).not.toHaveBeenCalled();
    expect((await field("First name")).value).toBe("Amina");
  });

  test("is closed with its button, and the person before it is not saved by that", async () => {
    await begin();
    const opener = await button("Privacy notice");
    await user.click(opener);
    await user.click(within(await sheet()).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement).toBe(opener);
    expect(core.saveCapture).not.toHaveBeenCalled();
    expect((await field("First name")).value).toBe("Amina");
  });

  test.for([
    { spoken: "Cymraeg", read: /^Mae Clean Air Now/, lang: "cy" },
    { spoken: "اردو", read: /^Clean Air Now آپ/, lang: "ur" },
    // Words that a campaign added a language for are not there: then it is English, and marked so.
    { spoken: "Français", read: /^Clean Air Now holds your details/, lang: "en" },
  ])("is in the supporter's language: $spoken", async ({ spoken, read, lang }) => {
    SCENES["purposes"]?.(world);
    await begin();
    await user.selectOptions(await choice("Language"), spoken);
    await user.click(await button("Privacy notice"));
    expect((await within(await sheet()).findByText(read)).lang).toBe(lang);
  });

  test("says why where it cannot be read", async () => {
    world.failures["privacyNotice"] = {
      code: "unexpected",
      sentence: "It cannot be read.",
      field: null,
    };
    await begin();
    await user.click(await button("Privacy notice"));
    expect((await within(await sheet()).findByRole("alert")).textContent).toContain(
      "It cannot be read.",
    );
  });

  test("is read anew each time: the campaign may have changed it", async () => {
    await begin();
    await user.click(await button("Privacy notice"));
    await within(await sheet()).findByText(/until you ask us to stop/);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    world.rules.kept_for = 6;
    await user.click(await button("Privacy notice"));
    expect(await within(await sheet()).findByText(/kept for 6 months/)).toBeTruthy();
  });
});

describe("what counts as consent, and the reminder", () => {
  test("are the answer to the confirmation text, and none, until the campaign chooses", async () => {
    await open("hours");
    expect(await chosen("Counts as consent")).toBe("The answer to the confirmation text");
    expect(await chosen("One reminder")).toBe("None");
    expect((await button("Save hours")).disabled).toBe(true);
  });

  test("the yes that a canvasser heard is chosen, kept, and chosen no more", async () => {
    const before = structuredClone(world.rules);
    const leave = await open("hours");
    await user.selectOptions(await choice("Counts as consent"), "The yes that a canvasser heard");
    await user.click(await button("Save hours"));
    expect(await screen.findByText("Saved. What waits is decided anew.")).toBeTruthy();
    expect(world.rules).toEqual({ ...before, relies_on: "spoken" });

    leave();
    render(App);
    expect(await chosen("Counts as consent")).toBe("The yes that a canvasser heard");
    await user.selectOptions(
      await choice("Counts as consent"),
      "The answer to the confirmation text",
    );
    await user.click(await button("Save hours"));
    await waitFor(() => expect(world.rules).toEqual(before));
  });

  test("one reminder is chosen in days, kept, and taken back", async () => {
    const before = structuredClone(world.rules);
    const leave = await open("hours");
    await user.selectOptions(await choice("One reminder"), "After 3 days");
    await user.click(await button("Save hours"));
    await waitFor(() => expect(world.rules).toEqual({ ...before, reminder_after: 3 }));

    leave();
    render(App);
    expect(await chosen("One reminder")).toBe("After 3 days");
    await user.selectOptions(await choice("One reminder"), "None");
    await user.click(await button("Save hours"));
    await waitFor(() => expect(world.rules).toEqual(before));
  });

  test("each says beside it what it means", async () => {
    await open("hours");
    for (const [name, means] of [
      ["One reminder", "To who has not answered the confirmation text. After that, silence."],
      ["Counts as consent", "The ledger tells the two apart either way."],
    ] as const) {
      const described = (await choice(name)).getAttribute("aria-describedby") ?? "";
      expect(document.getElementById(described)?.textContent).toBe(means);
    }
  });

  test("what cannot be saved says why, and is not said to be saved", async () => {
    world.failures["saveRules"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    await open("hours");
    await user.selectOptions(await choice("One reminder"), "After a week");
    await user.click(await button("Save hours"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText(/^Saved/)).toBeNull();
    expect(await chosen("One reminder")).toBe("After a week");
    expect((await button("Save hours")).disabled).toBe(false);
  });
});
