import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { finish, world } from "../dev/pretend/bindings";
import { CAMPAIGN, minutesAgo } from "../dev/pretend/world";
import { aBackup } from "../dev/pretend/world-lists";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";
import { restoring } from "../src/shared/restoring.svelte";
import { box, button, go } from "./in-and-out";

const PHRASE = "correct horse battery staple";
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
  restoring.forget();
  location.hash = "#/lists/backups";
  world.lists.backups = {
    ...world.lists.backups,
    list: [aBackup(0, minutesAgo(20)), aBackup(1, minutesAgo(80))],
    last: minutesAgo(20),
  };
});

describe("backups", () => {
  test("say when the last was taken, and what there is", async () => {
    render(App);
    expect(await screen.findByText("20 minutes ago")).toBeTruthy();
    const rows = within(await screen.findByRole("list", { name: "What there is" }));
    expect(rows.getAllByRole("listitem")).toHaveLength(2);
  });

  test("are taken by hand with one key", async () => {
    render(App);
    await go(user, "button", "Back up now", "{Enter}");
    expect(await screen.findByText("A backup is taken, and was read back whole.")).toBeTruthy();
    expect(await screen.findByText("just now")).toBeTruthy();
  });

  test("say that the disk is full, and that trouble is still there", async () => {
    world.lists.backups.trouble = "The last backup failed.";
    world.failures["backUpNow"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    render(App);
    await user.click(await button("Back up now"));
    expect(await screen.findByText("The disk is full.")).toBeTruthy();
    expect(screen.getByText("The last backup failed.")).toBeTruthy();
  });

  test("go to a second place that is there, and no longer once it is given up", async () => {
    render(App);
    const place = await box("Folder of the second place");
    await user.type(place, "stick{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("Type the whole path.");
    await user.clear(place);
    await user.type(place, "/media/stick{Enter}");
    expect(await screen.findByText("Each backup goes there too from now on.")).toBeTruthy();
    expect(world.lists.backups.second_place).toBe("/media/stick");
    await user.click(await button("Use none"));
    await waitFor(() => expect(world.lists.backups.second_place).toBeNull());
  });

  test("say where the second place is not there", async () => {
    world.lists.backups.second_place_trouble = "Plug the stick in again.";
    render(App);
    expect(await screen.findByText("Plug the stick in again.")).toBeTruthy();
  });
});

describe("restoring", () => {
  const first = () => screen.findAllByRole("button", { name: /^Look inside: / });

  async function lookInside(): Promise<void> {
    const [newest] = await first();
    if (newest) await user.click(newest);
  }

  test("shows what the backup holds, says what is kept, and replaces nothing before that", async () => {
    const restore = vi.spyOn(core, "restore");
    render(App);
    await lookInside();
    expect(await screen.findByText("1,173")).toBeTruthy();
    await go(user, "button", "Restore", "{Enter}");
    expect(await screen.findByText("What is here now is kept")).toBeTruthy();
    const yes = await button("Yes, restore");
    await waitFor(() => expect(document.activeElement).toBe(yes));
    expect(restore).not.toHaveBeenCalled();
    await user.click(await button("Not now"));
    expect(restore).not.toHaveBeenCalled();
    expect(await button("Restore")).toBeTruthy();
  });

  test("locks, and says there where what it replaced is kept", async () => {
    render(App);
    await lookInside();
    await user.click(await button("Restore"));
    await user.click(await button("Yes, restore"));
    expect(await button("Unlock")).toBeTruthy();
    expect(await screen.findByText(/^The backup is in place/)).toBeTruthy();
    expect(screen.getByText(/replaced-2026-11-25-140509/)).toBeTruthy();
  });

  test("shows at the unlock screen how far it is, and unlocks nothing meanwhile", async () => {
    render(App);
    await lookInside();
    await user.click(await button("Restore"));
    world.lists.slow = { done: 1, of: 4, seconds_left: 2 };
    await user.click(await button("Yes, restore"));
    const bar = await screen.findByRole("progressbar", { name: "Putting the backup in place…" });
    await waitFor(() => expect(bar.getAttribute("aria-valuetext")).toContain("25 %"));
    expect(screen.queryByRole("button", { name: "Unlock" })).toBeNull();
    finish();
    expect(await screen.findByText(/^The backup is in place/)).toBeTruthy();
    expect(await button("Unlock")).toBeTruthy();
  });

  test("keeps the path that was typed while one looks inside", async () => {
    render(App);
    await user.type(await box("A backup from elsewhere"), "/media/stick/old.placard{Enter}");
    await user.click(await button("Back"));
    expect((await box("A backup from elsewhere")).value).toBe("/media/stick/old.placard");
  });

  test("asks for the passphrase of a backup that has another one", async () => {
    world.lists.lock = PHRASE;
    const restore = vi.spyOn(core, "restore");
    render(App);
    const file = await box("A backup from elsewhere");
    await user.type(file, "{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("Which backup?");
    await waitFor(() => expect(document.activeElement).toBe(file));
    await user.keyboard("/media/stick/old.placard{Enter}");
    const field = await screen.findByLabelText<HTMLInputElement>("Passphrase");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard("wrong{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("does not open this backup");
    await user.clear(field);
    await user.keyboard(`${PHRASE}{Enter}`);
    await user.click(await button("Restore"));
    await user.click(await button("Yes, restore"));
    await waitFor(() =>
      expect(restore).toHaveBeenCalledExactlyOnceWith("/media/stick/old.placard", PHRASE),
    );
  });

  test("is not offered of a backup that cannot be read", async () => {
    world.failures["lookIntoBackup"] = {
      code: "damaged_vault",
      sentence: "This backup is damaged.",
      field: null,
    };
    render(App);
    await lookInside();
    expect((await screen.findByRole("alert")).textContent).toContain("This backup is damaged.");
    expect(screen.queryByRole("button", { name: "Restore" })).toBeNull();
    await user.click(await button("Back"));
    expect(await button("Back up now")).toBeTruthy();
  });

  test("that fails says why where it leads, and the vault is unlocked as it was", async () => {
    world.failures["restore"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    render(App);
    await lookInside();
    await user.click(await button("Restore"));
    await user.click(await button("Yes, restore"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText(/is in place/)).toBeNull();
  });
});

describe("a damaged vault", () => {
  const FAILURE = {
    code: "damaged_vault" as const,
    sentence: "The vault is damaged and cannot be opened.",
    field: null,
  };

  beforeEach(() => {
    world.scene = { at: "unopenable", failure: FAILURE, folder: "/vault" };
    world.lists.offered = {
      path: "/backups/newest.placard",
      at: minutesAgo(80),
      people: 1_173,
      sentence: "It was checked after it was written.",
    };
    world.lists.lock = PHRASE;
  });

  test("offers the newest good backup, and salvages beyond it", async () => {
    render(App);
    expect(await screen.findByText("There is a good backup")).toBeTruthy();
    expect(screen.getByText("1,173 people")).toBeTruthy();
    await user.click(await button("Restore and salvage"));
    await user.keyboard("wrong{Enter}");
    expect(await screen.findByText(/^That is not the passphrase/)).toBeTruthy();
    await user.clear(await screen.findByLabelText("Passphrase"));
    await user.keyboard(`${PHRASE}{Enter}`);
    expect(await button("Unlock")).toBeTruthy();
    expect(screen.getByText(/28 people were saved from the damaged vault/)).toBeTruthy();
    expect(screen.getByText(/replaced-2026-11-25-140509/)).toBeTruthy();
  });

  test("is restored after a look inside, and is itself kept", async () => {
    render(App);
    await user.click(await button("Look inside"));
    await user.type(await screen.findByLabelText("Passphrase"), `${PHRASE}{Enter}`);
    await user.click(await button("Restore"));
    expect(screen.getByText("The damaged vault is kept")).toBeTruthy();
    await user.click(await button("Yes, restore"));
    expect(await button("Unlock")).toBeTruthy();
    expect(screen.getByText(/replaced-2026-11-25-140509/)).toBeTruthy();
  });

  test("is restored from a stick that it never knew, and what can be read of it is added", async () => {
    world.lists.offered = null;
    world.lists.chosen = "/media/stick/newest.placard";
    const salvage = vi.spyOn(core, "salvage");
    render(App);
    expect(await screen.findByText("No good backup is here")).toBeTruthy();
    await user.click(await button("Look inside this one"));
    expect(await screen.findByText(/^Which backup\?/)).toBeTruthy();
    await user.click(await button("Choose…"));
    await user.type(await screen.findByLabelText("Passphrase"), `${PHRASE}{Enter}`);
    await user.click(await button("Restore"));
    await user.click(await button("Yes, restore"));
    expect(await button("Unlock")).toBeTruthy();
    expect(salvage).toHaveBeenCalledExactlyOnceWith("/media/stick/newest.placard", PHRASE);
    expect(screen.getByText(/28 people were saved from the damaged vault/)).toBeTruthy();
  });

  test("keeps the path that was typed while one looks inside", async () => {
    render(App);
    await user.type(await box("A backup from elsewhere"), "/media/stick/old.placard{Enter}");
    await user.click(await button("Back"));
    expect((await box("A backup from elsewhere")).value).toBe("/media/stick/old.placard");
  });

  test("with no backup says so, and looks again once a stick is plugged in", async () => {
    const { offered } = world.lists;
    world.lists.offered = null;
    render(App);
    expect(await screen.findByText(FAILURE.sentence)).toBeTruthy();
    expect(await screen.findByText("No good backup is here")).toBeTruthy();
    expect(screen.queryByText("There is a good backup")).toBeNull();
    world.lists.offered = offered;
    await user.click(await button("Look for a backup"));
    expect(await screen.findByText("There is a good backup")).toBeTruthy();
  });

  test("is offered its backup where only the passphrase brings the damage to light", async () => {
    world.scene = { at: "locked", campaign: CAMPAIGN.name };
    world.failures["unlock"] = FAILURE;
    render(App);
    await user.type(await screen.findByLabelText("Passphrase"), `${PHRASE}{Enter}`);
    expect(await screen.findByText("There is a good backup")).toBeTruthy();
  });

  test("that was open says so, keeps what is typed, and leads to the backup", async () => {
    world.scene = { at: "open", campaign: CAMPAIGN };
    location.hash = "#/capture";
    render(App);
    const first = await screen.findByRole<HTMLInputElement>("textbox", { name: "First name" });
    world.failures["saveCapture"] = world.failures["saveDraft"] = {
      code: "harmed_vault",
      sentence: "Not saved: the vault was damaged while it was open.",
      field: null,
    };
    await user.type(first, "Amina{Enter}");
    expect(await screen.findByText("The vault is damaged")).toBeTruthy();
    expect(screen.getByText(/^Not saved/)).toBeTruthy();
    expect(first.value).toBe("Amina");

    world.failures = {};
    await user.click(await button("Close it and go to the backup"));
    expect(await screen.findByText("There is a good backup")).toBeTruthy();
    expect(screen.queryByDisplayValue("Amina")).toBeNull();

    await user.click(await button("Try the passphrase again"));
    await user.type(await screen.findByLabelText("Passphrase"), `${PHRASE}{Enter}`);
    expect(await screen.findByText("What was typed earlier is back.")).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "First name" }).value).toBe(
      "Amina",
    );
    expect(screen.queryByText("The vault is damaged")).toBeNull();
  });
});

describe("a new laptop", () => {
  beforeEach(() => {
    world.scene = { at: "first_run" };
    world.lists.lock = PHRASE;
  });

  test("begins with the backup that another one took, and asks for its passphrase", async () => {
    const restore = vi.spyOn(core, "restore");
    render(App);
    await go(user, "button", "Restore a backup", "{Enter}");
    const field = await box("Backup");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard("{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("Which backup?");
    await user.keyboard("/media/stick/newest.placard{Enter}");
    await user.type(await screen.findByLabelText("Passphrase"), `${PHRASE}{Enter}`);
    expect(await screen.findByText("1,173")).toBeTruthy();
    await user.click(await button("Restore"));
    expect(screen.queryByText(/is kept/)).toBeNull();
    await user.click(await button("Yes, restore"));
    expect(await button("Unlock")).toBeTruthy();
    expect(restore).toHaveBeenCalledExactlyOnceWith("/media/stick/newest.placard", PHRASE);
    expect(screen.getByText(/^The backup is in place/)).toBeTruthy();
  });

  test("keeps the path that was typed while one looks inside", async () => {
    render(App);
    await user.click(await button("Restore a backup"));
    await user.type(await box("Backup"), "/media/stick/newest.placard{Enter}");
    await screen.findByLabelText("Passphrase");
    await user.click(await button("Back"));
    expect((await box("Backup")).value).toBe("/media/stick/newest.placard");
  });

  test("can think better of it", async () => {
    render(App);
    await user.click(await button("Restore a backup"));
    await user.click(await button("Back"));
    expect(await button("Set up a campaign")).toBeTruthy();
  });
});
