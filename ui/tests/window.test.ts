import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { CAMPAIGN, aPerson, aText } from "../dev/pretend/world";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";
import { MARKS } from "../src/shared/states";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const box = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
});

describe("first run", () => {
  beforeEach(() => {
    world.scene = { at: "first_run" };
  });

  test("practice opens at once and says that it is practice", async () => {
    render(App);
    await user.click(await button("Try it with practice texts"));
    expect(await screen.findByText("This is practice.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Lock" })).toBeNull();
  });

  test("a campaign is set up, its recovery code written down, its shift asked once", async () => {
    render(App);
    await user.click(await button("Set up a campaign"));
    await user.type(box("Campaign name"), "Clean Air Now");
    await user.type(box("Your name"), "Maya");
    expect(box("Country").value).toBe("GB");
    await user.type(box("Passphrase"), "correct horse battery staple");
    await user.type(box("Repeat passphrase"), "correct horse");
    await user.click(await button("Create campaign"));
    expect(await screen.findByText("The two do not match yet.")).toBeTruthy();

    await user.type(box("Repeat passphrase"), " battery staple");
    await user.click(await button("Create campaign"));
    const onward = await button("Continue");
    expect(onward.disabled).toBe(true);
    await user.click(screen.getByRole("checkbox", { name: "I have written it down" }));
    await user.click(onward);

    expect((await screen.findByLabelText<HTMLInputElement>("Canvasser")).value).toBe("Sam");
    await user.click(await button("Skip"));
    expect(await screen.findByRole("link", { name: "Capture" })).toBeTruthy();
  });
});

describe("the lock", () => {
  test("a wrong passphrase is a sentence and a wait in words; the right one opens", async () => {
    world.scene = { at: "locked", campaign: CAMPAIGN.name };
    render(App);
    await user.type(await screen.findByLabelText("Passphrase"), "wrong{Enter}");
    expect(await screen.findByText("That is not the passphrase of this campaign.")).toBeTruthy();
    expect(await screen.findByText("The next try waits 2 seconds.")).toBeTruthy();
    await user.clear(box("Passphrase"));
    await user.type(box("Passphrase"), `${world.passphrase}{Enter}`);
    expect(await screen.findByRole("link", { name: "Capture" })).toBeTruthy();
  });

  test("the window locks whatever command first says that it is locked", async () => {
    render(App);
    await screen.findByRole("link", { name: "Capture" });
    world.scene = { at: "locked", campaign: CAMPAIGN.name };
    world.failures["people"] = { code: "locked", sentence: "Locked.", field: null };
    await user.click(screen.getByRole("link", { name: "People" }));
    expect(await button("Unlock")).toBeTruthy();
  });

  test("Lock keeps the half-filled form first", async () => {
    render(App);
    const first = await screen.findByRole("textbox", { name: "First name" });
    await user.type(first, "Amina");
    await user.click(await button("Lock"));
    expect(await button("Unlock")).toBeTruthy();
    expect(world.draft?.first_name).toBe("Amina");
  });

  test("a vault that cannot be opened names its sentence and its folder", async () => {
    world.scene = {
      at: "unopenable",
      failure: { code: "newer_vault", sentence: "Install the newer Placard.", field: null },
      folder: "/vault",
    };
    render(App);
    expect(await screen.findByText("Install the newer Placard.")).toBeTruthy();
    expect(screen.getByText("/vault")).toBeTruthy();
  });
});

describe("the form for one person", () => {
  test("keeps what is typed while other places are looked at, also where the disk is full", async () => {
    render(App);
    await user.type(await screen.findByRole("textbox", { name: "First name" }), "Amina");
    world.failures["saveDraft"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    await user.click(screen.getByRole("link", { name: "Texts" }));
    await screen.findByRole("heading", { name: "Texts" });
    expect(screen.queryByRole("textbox", { name: "First name" })).toBeNull();
    await user.click(screen.getByRole("link", { name: "Capture" }));
    const first = await screen.findByRole<HTMLInputElement>("textbox", { name: "First name" });
    expect(first.value).toBe("Amina");
    expect(document.activeElement).toBe(first);
  });

  test("shows the wording as it was changed meanwhile", async () => {
    render(App);
    await user.type(await screen.findByRole("textbox", { name: "First name" }), "Amina");
    await user.click(screen.getByRole("link", { name: "Settings" }));
    world.wording = "May we? Reply STOP to stop.";
    await user.click(screen.getByRole("link", { name: "Capture" }));
    expect(await screen.findByText("May we? Reply STOP to stop.")).toBeTruthy();
    expect(box("First name").value).toBe("Amina");
  });
});

describe("the status strip", () => {
  test("says Online or Offline and how many texts wait, and follows the core", async () => {
    world.connection = { ...world.connection, online: false, waiting: 12 };
    render(App);
    const strip = await screen.findByRole("status", { name: "Connection" });
    await waitFor(() => expect(strip.textContent?.trim()).toBe("Offline, 12 texts wait"));
    world.connection = { ...world.connection, online: true, waiting: 0 };
    tell("connection");
    await waitFor(() => expect(strip.textContent?.trim()).toBe("Online, no texts wait"));
  });
});

describe("the rail", () => {
  test("a count beside Texts does not change the link's name", async () => {
    world.texts = [aText(0, "uncertain")];
    render(App);
    const link = await screen.findByRole("link", { name: "Texts" });
    await waitFor(() => expect(link.getAttribute("aria-describedby")).toBe("texts-want-you"));
  });

  test("Alt and a figure go to a place", async () => {
    render(App);
    await screen.findByRole("link", { name: "Capture" });
    for (const [figure, name] of [
      ["2", "People"],
      ["3", "Texts"],
      ["4", "Inbox"],
      ["5", "In and out"],
      ["6", "Settings"],
    ] as const) {
      await user.keyboard(`{Alt>}${figure}{/Alt}`);
      expect(await screen.findByRole("heading", { name })).toBeTruthy();
    }
  });
});

describe("texts", () => {
  test("each state differs in word and in shape, not by colour alone", () => {
    const marks = Object.values(MARKS);
    expect(new Set(marks.map(({ icon }) => icon)).size).toBe(marks.length);
    expect(new Set(marks.map(({ word }) => word)).size).toBe(marks.length);
  });

  test("a row names the person, the number and the state", async () => {
    world.texts = [aText(0, "delivered"), aText(1, "waiting")];
    location.hash = "#/texts";
    render(App);
    const row = (await screen.findByText("Amina Khan")).closest("li");
    expect(row?.textContent).toContain("07700 900100");
    expect(row?.textContent).toContain("Delivered");
  });

  test("trying an Uncertain again warns before it may double", async () => {
    world.texts = [aText(0, "uncertain")];
    location.hash = "#/texts";
    const tryAgain = vi.spyOn(core, "tryAgain");
    render(App);
    await user.click(await button("Try again"));
    expect((await screen.findByRole("alert")).textContent).toContain("may get it twice");
    await user.keyboard("{Enter}");
    expect(tryAgain).not.toHaveBeenCalled();
    await user.click(await button("Try again"));
    expect(tryAgain).toHaveBeenCalledExactlyOnceWith("text-0");
  });

  test("a hold says why, what mends it, and lets go", async () => {
    world.texts = [aText(0, "waiting")];
    world.holds = [{ id: "h", sentence: "Twilio does not know this key.", what_to_do: "Mend it." }];
    location.hash = "#/texts";
    render(App);
    expect((await screen.findByRole("alert")).textContent).toContain("does not know this key");
    await user.click(await button("Carry on sending"));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });
});

describe("a vault that was put back to a backup", () => {
  beforeEach(() => {
    SCENES["put_back"]?.(world);
    location.hash = "#/texts";
  });

  test("is released at once by who was told what comes of it", async () => {
    const releaseAll = vi.spyOn(core, "releaseAll");
    render(App);
    await user.click(await button("Release all 4"));
    const question = await screen.findByRole("group", { name: "Release all 4 texts?" });
    expect(question.textContent).toContain("2 people get a text now.");
    expect(question.textContent).toContain("1 person gets a text from 8am in London.");
    expect(question.textContent).toContain("those people may get it twice");
    expect(question.textContent).toContain("Whatever stops sending counts as mended.");
    // A key that is still held answers nothing.
    await waitFor(() => expect(document.activeElement).toBe(question));
    await user.keyboard("{Enter}");
    expect(releaseAll).not.toHaveBeenCalled();
    await user.click(await button("Yes, release"));
    expect(await screen.findByText(/^Released\. 2 people get a text now\./)).toBeTruthy();
    expect(releaseAll).toHaveBeenCalledExactlyOnceWith(world.release);
    // What may not go at all is as it was.
    expect(world.texts.map(({ state }) => state)).toEqual([
      "waiting",
      "waiting",
      "waiting",
      "uncertain",
    ]);
    // What left is not undone.
    expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Release/ })).toBeNull());
    expect(screen.queryByRole("button", { name: "Carry on sending" })).toBeNull();
  });

  test("stays held by who leaves it, and each text can be decided by itself", async () => {
    const releaseAll = vi.spyOn(core, "releaseAll");
    render(App);
    await user.click(await button("Release all 4"));
    await user.click(await button("Leave it"));
    await waitFor(async () => expect(document.activeElement).toBe(await button("Release all 4")));
    expect(releaseAll).not.toHaveBeenCalled();
    expect(await button("Carry on sending")).toBeTruthy();
    expect(screen.getAllByRole("button", { name: "Try again" })).toHaveLength(4);
  });

  test("is asked about as it has become meanwhile", async () => {
    render(App);
    await user.click(await button("Release all 4"));
    await screen.findByRole("group", { name: "Release all 4 texts?" });
    // Several may come to the same.
    const sentences = ["1 text does not go.", "1 text does not go.", "1 person gets a text now."];
    world.release = { texts: 3, sentences, warning: null };
    tell("texts");
    const question = await screen.findByRole("group", { name: "Release all 3 texts?" });
    expect(within(question).getAllByText("1 text does not go.")).toHaveLength(2);
    world.holds = [];
    world.held = 0;
    tell("texts");
    await waitFor(() => expect(screen.queryByRole("group", { name: /^Release/ })).toBeNull());
    world.held = 4;
    tell("texts");
    expect(await button("Release all 4")).toBeTruthy();
    expect(screen.queryByRole("group", { name: /^Release/ })).toBeNull();
  });

  test("is not released where something else would happen than was shown", async () => {
    render(App);
    await user.click(await button("Release all 4"));
    const yes = await button("Yes, release");
    world.release = { texts: 1, sentences: ["1 person gets a text now."], warning: null };
    await user.click(yes);
    expect(await screen.findByText(/^Something changed meanwhile\./)).toBeTruthy();
    expect(world.held).toBe(4);
    const question = await screen.findByRole("group", { name: "Release 1 text?" });
    expect(document.activeElement).toBe(question);
    await user.click(await button("Yes, release"));
    expect(await screen.findByText(/^Released\. 1 person gets a text now\./)).toBeTruthy();
    expect(screen.queryByText(/^Something changed meanwhile\./)).toBeNull();
  });

  test("cannot be left while it is being released", async () => {
    let free = (): void => undefined;
    const release = core.releaseAll;
    vi.spyOn(core, "releaseAll").mockImplementationOnce(async (shown) => {
      await new Promise<void>((done) => (free = done));
      return release(shown);
    });
    render(App);
    await user.click(await button("Release all 4"));
    await user.click(await button("Yes, release"));
    const leave = await button("Leave it");
    await waitFor(() => expect(leave.getAttribute("aria-disabled")).toBe("true"));
    await user.click(leave);
    expect(await screen.findByRole("group", { name: "Release all 4 texts?" })).toBeTruthy();
    free();
    expect(await screen.findByText(/^Released\./)).toBeTruthy();
  });

  test("says why where nothing could be released, and is held as before", async () => {
    world.failures["releaseAll"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    render(App);
    await user.click(await button("Release all 4"));
    await user.click(await button("Yes, release"));
    expect(await screen.findByText("The disk is full.")).toBeTruthy();
    expect(await button("Release all 4")).toBeTruthy();
  });

  test("offers no such thing where one hold is all that there is", async () => {
    world.held = 0;
    render(App);
    expect(await button("Carry on sending")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Release all/ })).toBeNull();
  });
});

describe("people", () => {
  test("an empty list says where people come from", async () => {
    location.hash = "#/people";
    render(App);
    expect(await screen.findByText("Nobody yet")).toBeTruthy();
  });

  test("whoever is saved while the list is still empty comes into it", async () => {
    location.hash = "#/people";
    render(App);
    await screen.findByText("Nobody yet");
    world.people = [aPerson(0, "waiting")];
    tell("people");
    expect(await screen.findByRole("grid", { name: "People" })).toBeTruthy();
  });

  test("the table knows how many there are", async () => {
    world.people = [aPerson(0, "waiting"), aPerson(1, null)];
    location.hash = "#/people";
    render(App);
    const table = await screen.findByRole("grid", { name: "People" });
    expect(table.getAttribute("aria-rowcount")).toBe("3");
    expect(within(table).getByRole("columnheader", { name: "Mobile" })).toBeTruthy();
  });
});

describe("the gateway's settings", () => {
  beforeEach(() => {
    location.hash = "#/settings";
  });

  test("a kept secret is never on the screen", async () => {
    world.gateway.kind = "twilio";
    world.gateway.twilio.has_auth_token = true;
    render(App);
    const token = await screen.findByLabelText<HTMLInputElement>("Auth token");
    expect(token.value).toBe("");
    expect(token.type).toBe("password");
    expect(token.placeholder).toBe("Kept in the vault; type to replace");
  });

  test("what is wrong stands at its field and gets the focus", async () => {
    render(App);
    await user.selectOptions(await screen.findByLabelText("Gateway"), "Twilio");
    await user.click(await button("Save gateway"));
    expect(await screen.findByText("An Account SID begins with AC.")).toBeTruthy();
    expect(document.activeElement).toBe(box("Account SID"));
  });

  test("a typed secret is gone from the form once it is saved", async () => {
    render(App);
    await user.selectOptions(await screen.findByLabelText("Gateway"), "Kannel");
    await user.type(box("Password"), "hunter2");
    await user.click(await button("Save gateway"));
    await screen.findByText("The gateway is saved.");
    expect(box("Password").value).toBe("");
    expect(world.gateway.kind).toBe("kannel");
    const service = await screen.findByLabelText<HTMLTextAreaElement>("For Kannel’s configuration");
    expect(service.value).toContain("sms-service");
    expect(service.readOnly).toBe(true);
  });

  test("a test asks for the saved gateway, and says what is wrong in words", async () => {
    world.gateway.kind = "twilio";
    render(App);
    await user.click(await button("Send a test text"));
    expect((await screen.findByRole("alert")).textContent).toContain("does not know this key");
    await user.type(box("Sender"), "+15550100");
    await user.click(await button("Send a test text"));
    expect((await screen.findByRole("alert")).textContent).toContain("Save the gateway first");
  });
});

describe("the confirmation text", () => {
  test("a character that makes every text longer is replaced with one click", async () => {
    world.body = "You’re in. Reply STOP to stop.";
    location.hash = "#/settings/templates";
    render(App);
    await user.click(await button("use ' instead"));
    expect(box("Confirmation text").value).toBe("You're in. Reply STOP to stop.");
  });
});
