import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { drop, world } from "../dev/pretend/bindings";
import { minutesAgo } from "../dev/pretend/world";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";
import { EVERYBODY } from "../src/shared/question";
import { shown } from "../src/shared/question.svelte";
import { box, button, go } from "./in-and-out";

const PHRASE = "correct horse battery staple";
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
  shown.question = EVERYBODY;
});

const secret = (name: string) => screen.findByLabelText<HTMLInputElement>(name);

describe("handing over", () => {
  beforeEach(() => {
    location.hash = "#/lists/hand-over";
    world.lists.handing = { ...world.lists.handing, all_count: 1_204, since_count: 32 };
  });

  async function phrase(first: string, again: string): Promise<void> {
    await user.type(await secret("Passphrase of the file"), first);
    await user.type(await secret("Repeat passphrase"), again);
  }

  test("goes by keyboard to a file that a passphrase opens, and forgets the passphrase", async () => {
    const hand = vi.spyOn(core, "handOver");
    render(App);
    await screen.findByRole("radio", { name: "Everyone" });
    await go(user, "radio", "A passphrase");
    await phrase(PHRASE, `${PHRASE}{Enter}`);
    expect(await screen.findByText(/placard-2026-11-25-140509\.handed$/)).toBeTruthy();
    expect(hand).toHaveBeenCalledExactlyOnceWith("all", null, { passphrase: PHRASE }, null);
    expect((await secret("Passphrase of the file")).value).toBe("");
  });

  test("waits until both passphrases are the same", async () => {
    const hand = vi.spyOn(core, "handOver");
    render(App);
    await phrase(PHRASE, "correct horse");
    await user.click(await button("Hand over"));
    expect(await screen.findByText("The two do not match yet.")).toBeTruthy();
    expect(hand).not.toHaveBeenCalled();
  });

  test("says at the field that a passphrase is too weak", async () => {
    world.failures["handOver"] = { code: "weak_passphrase", sentence: "Add a word.", field: null };
    render(App);
    await phrase("abc", "abc");
    await user.click(await button("Hand over"));
    expect(await screen.findByText("Add a word.")).toBeTruthy();
    expect((await secret("Passphrase of the file")).getAttribute("aria-invalid")).toBe("true");
  });

  test("offers those since last time first, once there was a last time", async () => {
    world.lists.handing = { ...world.lists.handing, last_handed: minutesAgo(60) };
    const hand = vi.spyOn(core, "handOver");
    render(App);
    const since = await screen.findByRole<HTMLInputElement>("radio", { name: "Since last time" });
    expect(since.checked).toBe(true);
    expect(screen.getByText(/^32 people new or changed since/)).toBeTruthy();
    await phrase(PHRASE, `${PHRASE}{Enter}`);
    await waitFor(() => expect(hand).toHaveBeenCalledOnce());
    expect(hand.mock.calls[0]?.[0]).toBe("since_last");
  });

  test("takes whom People shows where that is chosen", async () => {
    const hand = vi.spyOn(core, "handOver");
    render(App);
    await screen.findByRole("radio", { name: "A passphrase" });
    shown.question = { ...EVERYBODY, search: "khan" };
    await user.click(await screen.findByRole("radio", { name: "Whom People shows" }));
    await phrase(PHRASE, `${PHRASE}{Enter}`);
    await waitFor(() => expect(hand).toHaveBeenCalledOnce());
    expect(hand.mock.calls[0]?.slice(0, 2)).toEqual(["chosen", shown.question]);
  });

  test("goes to an organiser whose key is known, or to another, whose key is checked", async () => {
    world.lists.handing.known_recipients = [{ name: "Maya Okafor", key: "age1maya" }];
    const hand = vi.spyOn(core, "handOver");
    render(App);
    await user.click(await screen.findByRole("radio", { name: "An organiser’s key" }));
    await user.type(await box("Organiser’s key"), "maya{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("begins with age1");
    await user.selectOptions(await screen.findByLabelText("For whom"), "Maya Okafor");
    await user.click(await button("Hand over"));
    expect(await screen.findByText(/\.handed$/)).toBeTruthy();
    expect(hand.mock.lastCall?.[2]).toEqual({ recipient: "age1maya" });
  });

  test("says that the disk is full, and keeps the passphrase for another try", async () => {
    world.failures["handOver"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    render(App);
    await phrase(PHRASE, `${PHRASE}{Enter}`);
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect((await secret("Passphrase of the file")).value).toBe(PHRASE);
  });
});

describe("taking in", () => {
  beforeEach(() => {
    location.hash = "#/lists/take-in";
  });

  test("looks inside before it takes anything in", async () => {
    const take = vi.spyOn(core, "takeIn");
    render(App);
    await go(user, "textbox", "File", "/media/stick/sam.handed{Enter}");
    expect(await screen.findByText("Sam, Brixton tube")).toBeTruthy();
    expect(take).not.toHaveBeenCalled();
    await go(user, "button", "Take in", "{Enter}");
    expect(await screen.findByText(/^121 people are new here and 16 were/)).toBeTruthy();
    expect(take).toHaveBeenCalledExactlyOnceWith("/media/stick/sam.handed", null);
  });

  test("asks for the passphrase only of a file that has one, and again where it is wrong", async () => {
    world.lists.lock = PHRASE;
    const take = vi.spyOn(core, "takeIn");
    render(App);
    await user.type(await box("File"), "/media/stick/sam.handed{Enter}");
    const field = await secret("Passphrase of the file");
    expect(screen.queryByRole("alert")).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard("wrong{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("does not open this file");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.clear(field);
    await user.keyboard(`${PHRASE}{Enter}`);
    await user.click(await button("Take in"));
    expect(await screen.findByText(/^121 people are new here and 16 were/)).toBeTruthy();
    expect(take).toHaveBeenCalledExactlyOnceWith("/media/stick/sam.handed", PHRASE);
  });

  test("says what is wrong with a file that is none of ours", async () => {
    world.failures["readHanded"] = {
      code: "invalid",
      sentence: "This is no file that a Placard handed over.",
      field: "path",
    };
    render(App);
    await box("File");
    drop("/home/sam/photo.png");
    expect((await screen.findByRole("alert")).textContent).toContain("no file that a Placard");
    expect(screen.queryByRole("button", { name: "Take in" })).toBeNull();
  });

  test("that is stopped has changed nothing, and can begin again", async () => {
    render(App);
    await user.type(await box("File"), "/media/stick/sam.handed{Enter}");
    await button("Take in");
    world.lists.slow = { done: 20, of: 140, seconds_left: 2 };
    await user.click(await button("Take in"));
    await user.click(await button("Stop"));
    expect(await screen.findByText("Stopped. Nothing has changed.")).toBeTruthy();
    expect(await button("Take in")).toBeTruthy();
  });

  test("hears a dropped file only while it is on screen", async () => {
    const readHanded = vi.spyOn(core, "readHanded");
    render(App);
    await box("File");
    await user.click(screen.getByRole("link", { name: "Import" }));
    await screen.findByRole("heading", { name: "Import" });
    drop("/home/sam/list.csv");
    expect(await screen.findByText("list.csv")).toBeTruthy();
    expect(readHanded).not.toHaveBeenCalled();
  });
});
