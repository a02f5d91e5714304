import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core } from "../src/api";
import App from "../src/app/App.svelte";
import { PIN, button, field, introduce, languages, turnBack, user } from "./flipping";

describe("turning the screen", () => {
  test("the first time, a PIN is chosen; the next time it is there", async () => {
    world.pin = null;
    render(App);
    await user.click(await button("Flip screen"));
    await screen.findByRole("dialog", { name: "A PIN for the way back" });
    expect(core.flip).not.toHaveBeenCalled();
    await user.type(await field("PIN"), PIN);
    await user.type(await field("Repeat PIN"), `${PIN}{Enter}`);
    await languages();
    expect(world.pin).toBe(PIN);

    await turnBack();
    await user.click(await button("Flip screen"));
    await languages();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("a PIN that is not repeated alike is not kept, and one that is no PIN says why", async () => {
    world.pin = null;
    render(App);
    await user.click(await button("Flip screen"));
    await user.type(await field("PIN"), PIN);
    await user.type(await field("Repeat PIN"), "2486{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("The two differ.");
    expect(world.pin).toBeNull();

    for (const name of ["PIN", "Repeat PIN"]) {
      await user.clear(await field(name));
      await user.type(await field(name), "24");
    }
    await user.click(await button("Set PIN"));
    expect((await screen.findByRole("alert")).textContent).toContain("four to eight digits");
    expect((await field("PIN")).getAttribute("aria-invalid")).toBe("true");
    expect(core.flip).not.toHaveBeenCalled();
  });

  test("what is typed as a PIN is not shown, and not offered again", async () => {
    world.pin = null;
    render(App);
    await user.click(await button("Flip screen"));
    for (const name of ["PIN", "Repeat PIN"]) {
      expect((await field(name)).type).toBe("password");
      expect((await field(name)).autocomplete).toBe("off");
    }
  });

  test("leaving the PIN unchosen leaves the screen as it is", async () => {
    world.pin = null;
    render(App);
    await user.click(await button("Flip screen"));
    const sheet = await screen.findByRole("dialog", { name: "A PIN for the way back" });
    // What a browser says after Escape.
    await fireEvent(sheet, new Event("close"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(await field("First name")).toBeTruthy();
    expect(core.flip).not.toHaveBeenCalled();
  });

  test("nobody else is on the turned screen: no name, no number, no canvasser", async () => {
    SCENES["inbox"]?.(world);
    const others = [
      ...world.people.flatMap(({ name, mobile, postcode }) => [name, mobile, postcode]),
      "Brixton tube",
      "Maya Okafor",
    ].filter((each) => each !== "");
    render(App);
    await screen.findAllByText("Amina Khan");
    await user.click(await button("Flip screen"));
    await languages();
    const seen = () => document.documentElement.outerHTML;
    for (const each of others) expect(seen()).not.toContain(each);
    expect(screen.queryByRole("link")).toBeNull();
    expect(screen.queryByRole("navigation")).toBeNull();
    await introduce();
    for (const each of others) expect(seen()).not.toContain(each);
  });

  test("a half-filled form is not seen by the supporter, and is there again afterwards", async () => {
    render(App);
    await user.type(await field("First name"), "Oluwaseun");
    await user.click(await button("Flip screen"));
    await user.click(await button("English"));
    expect((await field("First name")).value).toBe("");
    expect(document.body.innerHTML).not.toContain("Oluwaseun");
    await turnBack();
    await button("Flip screen");
    await waitFor(async () => expect((await field("First name")).value).toBe("Oluwaseun"));
  });

  test("a half-filled form that cannot be kept is not turned away from", async () => {
    world.failures["saveDraft"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    render(App);
    await user.type(await field("First name"), "Oluwaseun");
    await user.click(await button("Flip screen"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(core.flip).not.toHaveBeenCalled();
    expect((await field("First name")).value).toBe("Oluwaseun");
  });

  test("a window that starts while it is turned shows the supporter's side", async () => {
    world.scene = { at: "flipped" };
    location.hash = "#/people";
    render(App);
    await languages();
    expect(screen.queryByRole("link")).toBeNull();
  });
});
