import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core } from "../src/api";
import {
  SAME_PRESS_MS,
  answer,
  button,
  field,
  heading,
  introduce,
  languages,
  pass,
  sent,
  turn,
  user,
  wording,
} from "./flipping";

describe("the supporter's side", () => {
  test("begins with the language, each in its own words and direction", async () => {
    await turn();
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(wording()).toBeNull();
    const names = within(screen.getByRole("list")).getAllByRole("button");
    expect(names.map((each) => [each.textContent?.trim(), each.lang, each.dir])).toEqual([
      ["English", "en", "ltr"],
      ["Cymraeg", "cy", "ltr"],
      ["اردو", "ur", "rtl"],
    ]);
  });

  test("says to choose once in each language that comes with Placard, however many were added", async () => {
    SCENES["purposes"]?.(world);
    await turn();
    const said = [...(await languages()).querySelectorAll("span")];
    expect(said.map((each) => [each.textContent, each.lang, each.dir])).toEqual([
      ["Choose your language", "en", "ltr"],
      ["Dewiswch eich iaith", "cy", "ltr"],
      ["اپنی زبان منتخب کریں", "ur", "rtl"],
    ]);
    expect(await button("Français")).toBeTruthy();
  });

  test("everything after it is in that language, and runs its way", async () => {
    await turn();
    await introduce("اردو");
    const page = screen.getByRole("main");
    expect([page.lang, page.dir]).toEqual(["ur", "rtl"]);
    expect([wording()?.lang, wording()?.dir]).toEqual(["ur", "rtl"]);
    expect(wording()?.textContent).toMatch(/^کیا Clean Air Now/);
    await answer("No");
    await answer("No");
    await heading("Thank you");
    expect(sent()[0]?.language).toBe("ur");
  });

  test("their details are empty, and no machine fills them in, keeps or corrects them", async () => {
    await turn();
    await user.click(await button("English"));
    await heading("Your details");
    const fields = screen.getAllByRole<HTMLInputElement>("textbox");
    expect(fields).toHaveLength(5);
    for (const each of fields) {
      expect(each.value).toBe("");
      expect(each.getAttribute("autocomplete")).toBe("off");
      expect(each.getAttribute("spellcheck")).toBe("false");
      // A field without a name is not one that a web view knows again.
      expect(each.hasAttribute("name")).toBe(false);
      expect(each.form?.getAttribute("autocomplete")).toBe("off");
    }
  });

  test("a missing name and a number that is none are said at their fields", async () => {
    await turn();
    await user.click(await button("English"));
    await user.type(await field("Mobile"), "0770{Enter}");
    expect(await screen.findByText("Please type your first name.")).toBeTruthy();
    expect(await screen.findByText("Please check the number.")).toBeTruthy();
    expect((await field("First name")).getAttribute("aria-invalid")).toBe("true");
    expect((await field("Mobile")).getAttribute("aria-invalid")).toBe("true");
    expect(wording()).toBeNull();
    expect((await field("Mobile")).value).toBe("0770");
  });

  test("the wording is word for word what is asked, and who asks stands with it", async () => {
    await turn();
    await introduce();
    expect(wording()?.textContent).toBe(world.wording);
    expect(screen.getByText("Clean Air Now asks you")).toBeTruthy();
    expect(screen.getByText("It is your choice.")).toBeTruthy();
    await answer("No");
    await waitFor(() => expect(wording()?.textContent).toMatch(/keep a note of what you think/));
  });

  test("Yes and No weigh the same, and neither is chosen beforehand", async () => {
    await turn();
    await introduce();
    for (const question of [1, 2]) {
      const [yes, no] = [await button("Yes"), await button("No")];
      expect(yes.getAttribute("aria-disabled"), `question ${question}`).toBe("true");
      const looks = ({ attributes, tagName }: HTMLElement) => [
        tagName,
        [...attributes].map(({ name, value }) => `${name}=${value}`),
      ];
      expect(looks(no), `question ${question}`).toEqual(looks(yes));
      expect(no.parentElement).toBe(yes.parentElement);
      // Enter in a form would press one of them.
      expect(yes.form).toBeNull();
      expect(document.activeElement).not.toBe(yes);
      expect(document.activeElement).not.toBe(no);
      const asked = wording()?.textContent;
      await user.keyboard("{Enter} ");
      expect(wording()?.textContent).toBe(asked);
      expect(core.flipSave).not.toHaveBeenCalled();
      await pass(SAME_PRESS_MS);
      expect(yes.getAttribute("aria-disabled"), `question ${question}`).toBe("false");
      expect(looks(no), `question ${question}, read`).toEqual(looks(yes));
      await user.click(no);
      await pass(0);
    }
    await heading("Thank you");
  });
});
