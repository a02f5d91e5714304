import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { core } from "../src/api";
import {
  PIN,
  button,
  field,
  introduce,
  languages,
  turn,
  turnBack,
  user,
  wording,
} from "./flipping";

describe("the way back", () => {
  test("is the PIN, and it leads to Capture wherever the screen was turned", async () => {
    location.hash = "#/people";
    await turn();
    await turnBack();
    await button("Flip screen");
    await waitFor(() =>
      expect(screen.getByRole("link", { name: "Capture" }).getAttribute("aria-current")).toBe(
        "page",
      ),
    );
  });

  test("a wrong PIN says so, says how many are left, and stays", async () => {
    await turn();
    await turnBack("1111");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("That is not the PIN. 4 more and Placard locks.");
    const pin = await field("PIN");
    expect(pin.value).toBe("");
    expect(document.activeElement).toBe(pin);
    expect(screen.queryByRole("link")).toBeNull();
    await user.type(pin, "2222{Enter}");
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("3 more"));
    await languages();
    await user.type(pin, `${PIN}{Enter}`);
    expect(await screen.findByRole("link", { name: "People" })).toBeTruthy();
  });

  test("no PIN at all is no way back", async () => {
    await turn();
    await user.click(await button("Canvasser"));
    await user.click(await button("Turn back"));
    expect((await screen.findByRole("alert")).textContent).toContain("That is not the PIN.");
    expect(screen.queryByRole("link")).toBeNull();
  });

  test("asks for the PIN hidden, and where asked in vain leaves what they typed", async () => {
    await turn();
    await user.click(await button("English"));
    await user.type(await field("First name"), "Gwen");
    await user.click(await button("Canvasser"));
    const pin = await field("PIN");
    expect(document.activeElement).toBe(pin);
    expect([pin.type, pin.autocomplete]).toEqual(["password", "off"]);
    await user.click(await button("Stay"));
    expect(screen.queryByLabelText("PIN")).toBeNull();
    expect((await field("First name")).value).toBe("Gwen");
  });

  test("five wrong PINs lock: what is left is the passphrase", async () => {
    await turn();
    await user.click(await button("Canvasser"));
    const back = vi.spyOn(core, "flipBack");
    for (const pin of ["1111", "2222", "3333", "4444", "5555"]) {
      await user.type(await field("PIN"), `${pin}{Enter}`);
      await waitFor(() => expect(back).toHaveBeenCalledWith(pin));
    }
    expect(await screen.findByLabelText("Passphrase")).toBeTruthy();
    expect(screen.queryByLabelText("PIN")).toBeNull();
  });

  test("a lock from elsewhere takes the supporter's side away, with what they typed", async () => {
    await turn();
    await introduce();
    world.scene = { at: "locked", campaign: "Clean Air Now" };
    tell("locked");
    expect(await screen.findByLabelText("Passphrase")).toBeTruthy();
    expect(wording()).toBeNull();
    expect(document.body.innerHTML).not.toContain("Gwen");
  });
});
