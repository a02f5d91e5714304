import { fireEvent, screen } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import {
  button,
  field,
  heading,
  introduce,
  languages,
  turn,
  turnBack,
  user,
  wording,
} from "./flipping";

describe("keys on the turned screen", () => {
  const functionKeys = Array.from({ length: 12 }, (_, index) => `F${index + 1}`);
  const AWAY: [string, KeyboardEventInit][] = [
    ...functionKeys.map((key): [string, KeyboardEventInit] => [key, { key }]),
    ["Alt+Left", { key: "ArrowLeft", altKey: true }],
    ["Alt+Right", { key: "ArrowRight", altKey: true }],
    ["Alt+Home", { key: "Home", altKey: true }],
    ["Alt+2", { key: "2", altKey: true }],
    ["Browser back", { key: "BrowserBack" }],
    ["Browser forward", { key: "BrowserForward" }],
    ..."bdefghijklnopqrstuwy+-0".split("").flatMap((key): [string, KeyboardEventInit][] => [
      [`Ctrl+${key}`, { key, ctrlKey: true }],
      [`Cmd+${key}`, { key, metaKey: true }],
    ]),
    ["Ctrl+Shift+I", { key: "I", ctrlKey: true, shiftKey: true }],
    ["Ctrl+Shift+C", { key: "C", ctrlKey: true, shiftKey: true }],
    ["Ctrl+Shift+Delete", { key: "Delete", ctrlKey: true, shiftKey: true }],
    ["Ctrl+Tab", { key: "Tab", ctrlKey: true }],
  ];

  test("none leads anywhere: not to the web view, not to Placard", async () => {
    await turn();
    const before = document.body.innerHTML;
    const heard = vi.fn();
    document.addEventListener("keydown", heard);
    for (const [name, keys] of AWAY) {
      const webView = await fireEvent.keyDown(document.activeElement ?? document.body, keys);
      expect(webView, `${name}: the web view does what it does with it`).toBe(false);
      expect(heard, `${name}: something of Placard hears it`).not.toHaveBeenCalled();
    }
    document.removeEventListener("keydown", heard);
    expect(document.body.innerHTML).toBe(before);
  });

  test.for(["Escape", "Backspace", "Enter", "?"])("%s leads nowhere", async (key) => {
    await turn();
    await introduce();
    const [before, address] = [document.body.innerHTML, location.hash];
    await user.keyboard(key === "?" ? key : `{${key}}`);
    expect(document.body.innerHTML).toBe(before);
    expect(location.hash).toBe(address);
    await user.click(await button("Canvasser"));
    await field("PIN");
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("link")).toBeNull();
    expect(wording()?.textContent).toBe(world.wording);
  });

  test("an address leads nowhere", async () => {
    SCENES["inbox"]?.(world);
    await turn();
    const moved = new Promise((done) =>
      window.addEventListener("hashchange", done, { once: true }),
    );
    location.hash = "#/people";
    await moved;
    await languages();
    expect(screen.queryByRole("table")).toBeNull();
    expect(document.body.innerHTML).not.toContain("Amina Khan");
  });

  test("no menu opens, and nothing that is dropped is opened", async () => {
    await turn();
    for (const name of ["contextmenu", "dragstart", "drop"]) {
      const event = new Event(name, { bubbles: true, cancelable: true });
      expect(await fireEvent(screen.getByRole("main"), event), name).toBe(false);
    }
  });

  test("what edits a field is left to them", async () => {
    await turn();
    await user.click(await button("English"));
    const first = await field("First name");
    for (const key of ["a", "c", "x"]) {
      expect(await fireEvent.keyDown(first, { key, ctrlKey: true }), `Ctrl+${key}`).toBe(true);
    }
    await user.type(first, "Gwenn{Backspace}");
    expect(first.value).toBe("Gwen");
  });

  test("nothing is pasted or brought back: it may be somebody else's", async () => {
    await turn();
    await user.click(await button("English"));
    const first = await field("First name");
    for (const key of ["v", "z", "y"]) {
      for (const held of ["ctrlKey", "metaKey"]) {
        expect(await fireEvent.keyDown(first, { key, [held]: true }), `${held} ${key}`).toBe(false);
      }
    }
    await user.click(first);
    await user.paste("Oluwaseun");
    expect(first.value).toBe("");
  });

  const ALT = { altKey: true };
  const ALT_GR = { altKey: true, ctrlKey: true, modifierAltGraph: true };
  test.for<[string, KeyboardEventInit, "field" | "page", boolean]>([
    ["é with Alt, as on a Mac", { key: "é", ...ALT }, "field", true],
    ["a dead key with Alt", { key: "Dead", ...ALT }, "field", true],
    ["@ with AltGr, as on Windows", { key: "@", ...ALT_GR }, "field", true],
    ["ł with AltGr, as on Linux", { key: "ł", modifierAltGraph: true }, "field", true],
    ["é with Alt where nothing is typed", { key: "é", ...ALT }, "page", false],
    ["a letter with Ctrl and Alt", { key: "e", ...ALT, ctrlKey: true }, "field", false],
    ["a letter with Cmd and Alt", { key: "i", ...ALT, metaKey: true }, "field", false],
    ["Alt+Left", { key: "ArrowLeft", ...ALT }, "field", false],
    ["Alt+Home", { key: "Home", ...ALT }, "field", false],
    ["AltGr+F4", { key: "F4", ...ALT_GR }, "field", false],
  ])(
    "held with Alt or AltGr, a letter is typed in a field, and nothing leads anywhere: %s",
    async ([, keys, where, types]) => {
      await turn();
      await user.click(await button("English"));
      const email = await field("Email");
      const at = where === "field" ? email : screen.getByRole("main");
      expect(await fireEvent.keyDown(at, keys)).toBe(types);
    },
  );

  test("are the canvasser's again once the screen is turned back", async () => {
    await turn();
    await turnBack();
    await button("Flip screen");
    await user.keyboard("{Alt>}2{/Alt}");
    expect(await heading("People")).toBeTruthy();
    expect(await fireEvent.keyDown(document.body, { key: "F5" })).toBe(true);
  });
});
