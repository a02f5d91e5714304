import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { reset, tell, world } from "../dev/pretend/bindings";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const AMINA = {
  capture_id: "capture-1",
  name: "Amina Khan",
  mobile: "07700 900100",
  sentence: "One text waits.",
  at: "2026-11-25T14:05:09Z",
};

let user: UserEvent;

listen();

beforeEach(() => {
  reset();
  user = userEvent.setup();
  scene.current = null;
  world.saved = [AMINA];
  location.hash = "#/people";
});

describe("Undo and Redo", () => {
  test("are there where there is something to undo, and say what they did", async () => {
    render(App);
    await screen.findByRole("heading", { name: "People" });
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Undone: Amina Khan.")).toBeTruthy();
    expect(screen.getByText("Undone: Amina Khan.").closest("[role=status]")).not.toBeNull();
    await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
    await user.click(await screen.findByRole("button", { name: "Redo" }));
    expect(await screen.findByText("Redone: Amina Khan.")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("button", { name: "Redo" })).toBeNull());
  });

  test("are offered beside what they did, in the same words", async () => {
    render(App);
    await screen.findByRole("button", { name: "Undo" });
    await user.keyboard("{Control>}z{/Control}");
    await user.click(await screen.findByRole("button", { name: "Redo this" }));
    expect(await screen.findByText("Redone: Amina Khan.")).toBeTruthy();
    expect((await screen.findByRole("button", { name: "Undo this" })).textContent?.trim()).toBe(
      "Undo",
    );
  });

  test("go by key, and Escape puts the notice away", async () => {
    render(App);
    await screen.findByRole("button", { name: "Undo" });
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText("Undone: Amina Khan.")).toBeTruthy();
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(await screen.findByText("Redone: Amina Khan.")).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(screen.queryByText("Redone: Amina Khan.")).toBeNull();
  });

  test("leave a field its own keys", async () => {
    const undo = vi.spyOn(core, "undo");
    location.hash = "#/capture";
    render(App);
    const first = await screen.findByLabelText<HTMLInputElement>("First name");
    await user.type(first, "Bo");
    await user.keyboard("{Control>}z{/Control}{Control>}y{/Control}");
    expect(undo).not.toHaveBeenCalled();
  });

  test("say why where there is nothing", async () => {
    world.failures["undo"] = {
      code: "too_late",
      sentence: "There is nothing to undo.",
      field: null,
    };
    render(App);
    await screen.findByRole("button", { name: "Undo" });
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText("There is nothing to undo.")).toBeTruthy();
  });

  test("know of what was done meanwhile", async () => {
    world.saved = [];
    render(App);
    await screen.findByRole("heading", { name: "People" });
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    world.saved = [AMINA];
    tell("people");
    expect(await screen.findByRole("button", { name: "Undo" })).toBeTruthy();
  });
});
