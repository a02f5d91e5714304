import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { finish, world } from "../dev/pretend/bindings";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";
import { EVERYBODY } from "../src/shared/question";
import { shown } from "../src/shared/question.svelte";
import { box, button, go } from "./in-and-out";

let user: UserEvent;
const KHAN = { ...EVERYBODY, search: "khan" };

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
  shown.question = EVERYBODY;
  location.hash = "#/lists/export";
});

describe("an export", () => {
  test("goes by keyboard: the format by arrow, and says where the file is", async () => {
    const write = vi.spyOn(core, "exportPeople");
    render(App);
    await go(user, "radio", "CSV", "{ArrowDown}");
    await go(user, "button", "Export", "{Enter}");
    expect(await screen.findByText(/Downloads\/people-2026-11-25-140509\.xlsx$/)).toBeTruthy();
    expect(write).toHaveBeenCalledExactlyOnceWith(EVERYBODY, "excel", null);
  });

  test("is of whom People shows where that is asked, and of everyone otherwise", async () => {
    const write = vi.spyOn(core, "exportPeople");
    render(App);
    await button("Export");
    shown.question = KHAN;
    const whom = await screen.findByRole("radio", { name: "Whom People shows" });
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Everyone" }).checked).toBe(true);
    await user.click(whom);
    await user.type(await box("Folder"), "/media/stick");
    await user.click(await button("Export"));
    await screen.findByText(/^\/media\/stick/);
    expect(write).toHaveBeenCalledExactlyOnceWith(KHAN, "csv", "/media/stick");
  });

  test("that is stopped leaves no word of a file", async () => {
    world.lists.slow = { done: 10, of: 1_204, seconds_left: 4 };
    render(App);
    await user.click(await button("Export"));
    await user.click(await button("Stop"));
    expect(await screen.findByText("Stopped. Nothing has changed.")).toBeTruthy();
    expect(screen.queryByText(/people-2026/)).toBeNull();
    expect(await button("Export")).toBeTruthy();
  });

  test("says that the disk is full, and no longer speaks of the file before", async () => {
    render(App);
    await user.click(await button("Export"));
    await screen.findByText(/people-2026/);
    world.failures["exportPeople"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    await user.click(await button("Export"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText(/people-2026/)).toBeNull();
  });
});

describe("the server", () => {
  const token = () => screen.findByLabelText<HTMLInputElement>("Token");

  test("is saved; its token stands nowhere afterwards", async () => {
    render(App);
    await user.type(await box("Server address"), "https://actionnetwork.org/api/v2");
    await user.type(await token(), "secret-token{Enter}");
    expect(await screen.findByText(/^The server is saved\./)).toBeTruthy();
    expect((await token()).value).toBe("");
    expect(document.body.innerHTML).not.toContain("secret-token");
  });

  test("says at the field what is wrong with its address, and keeps what was typed", async () => {
    render(App);
    await user.type(await box("Server address"), "actionnetwork.org{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("https://");
    expect((await box("Server address")).getAttribute("aria-invalid")).toBe("true");
    expect((await box("Server address")).value).toBe("actionnetwork.org");
    expect(screen.queryByRole("button", { name: "Push" })).toBeNull();
  });

  test("is tried as it is saved, not as it is typed", async () => {
    world.lists.server = { address: "https://actionnetwork.org/api/v2", has_token: true };
    render(App);
    await user.click(await button("Test"));
    expect(await screen.findByText(/^Action Network answers/)).toBeTruthy();
    await user.type(await box("Server address"), "/other");
    expect((await button("Test")).disabled).toBe(true);
    expect((await button("Push")).disabled).toBe(true);
    expect(screen.getByText("Save the server first.")).toBeTruthy();
  });
});

describe("a push", () => {
  beforeEach(() => {
    world.lists.server = { address: "https://actionnetwork.org/api/v2", has_token: true };
  });

  test("says whom the server did not take, and why", async () => {
    render(App);
    await go(user, "button", "Push", "{Enter}");
    expect(await screen.findByText("2 whom the server did not take")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Tom Hill" }).getAttribute("href")).toBe(
      "#/people/person-4",
    );
    expect(screen.getByText("The server says: invalid email.")).toBeTruthy();
  });

  test("that is stopped says how many are left, and goes on from there", async () => {
    render(App);
    await button("Push");
    world.lists.slow = { done: 652, of: 1_204, seconds_left: 40 };
    await user.click(await button("Push"));
    world.lists.push = {
      sent: 640,
      same: 12,
      refused: [],
      left: 552,
      finished: false,
      sentence: "640 people were pushed. 552 are left.",
    };
    await user.click(await button("Stop"));
    expect(await screen.findByText(/Goes on where it stopped: 552 people are left\./)).toBeTruthy();
    await user.click(await button("Push"));
    await screen.findByRole("progressbar");
    finish();
    await waitFor(() => expect(screen.queryByText(/552 people are left/)).toBeNull());
    expect(await screen.findByText(/^1,180 people were pushed/)).toBeTruthy();
  });
});
