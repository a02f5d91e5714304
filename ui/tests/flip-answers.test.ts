import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
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

describe("what a supporter answers", () => {
  test.for([
    {
      yes: ["Yes", "No"],
      answers: { texts: true, opinions: false },
      thanks: /one text to confirm/,
    },
    { yes: ["No", "Yes"], answers: { texts: false, opinions: true }, thanks: /You get no texts/ },
  ])("saves $answers once, thanks and says what happens", async ({ yes, answers, thanks }) => {
    await turn();
    await introduce();
    for (const each of yes) await answer(each);
    await heading("Thank you");
    expect(screen.getByText(thanks)).toBeTruthy();
    expect(screen.getByText("Please hand the laptop back.")).toBeTruthy();
    expect(sent()).toEqual([
      {
        first_name: "Gwen",
        last_name: "",
        mobile: "07700900142",
        email: "",
        postcode: "",
        language: "en",
        answers,
        wordings: { texts: "texts-en", opinions: "opinions-en" },
      },
    ]);
  });

  test.for([
    { scenario: "who gave no mobile", mobile: "", texted: null },
    { scenario: "whose number is opted out", mobile: "07700900142", texted: false },
  ])("a yes of somebody $scenario is thanked for, and no more", async ({ mobile, texted }) => {
    await turn();
    await user.click(await button("English"));
    await user.type(await field("First name"), "Gwen");
    if (mobile) await user.type(await field("Mobile"), mobile);
    await user.click(await button("Next"));
    if (texted !== null) vi.mocked(core.flipSave).mockResolvedValueOnce({ invalid: [], texted });
    await answer("Yes");
    await answer("No");
    await heading("Thank you");
    expect(sent()[0]?.answers).toEqual({ texts: true, opinions: false });
    expect(screen.queryByText(/text/)).toBeNull();
    expect(screen.getByText("Please hand the laptop back.")).toBeTruthy();
  });

  test.for([
    { language: "Cymraeg", wordings: { texts: "texts-cy", opinions: "opinions-cy" } },
    { language: "اردو", wordings: { texts: "texts-ur", opinions: "opinions-ur" } },
  ])("an answer names the wording it was given to: $language", async ({ language, wordings }) => {
    await turn();
    await introduce(language);
    await answer("Yes");
    await answer("No");
    await heading("Thank you");
    expect(sent()[0]?.wordings).toEqual(wordings);
  });

  test("who changes the language is asked again in it, and answers to that wording", async () => {
    await turn();
    await introduce();
    await answer("Yes");
    for (const step of ["second question", "first question", "details"]) {
      await user.click(await button("Back"));
      await pass(0);
      expect(core.flipSave, step).not.toHaveBeenCalled();
    }
    await user.click(await button("Cymraeg"));
    await user.click(await button("Next"));
    await answer("No");
    await answer("No");
    await heading("Thank you");
    expect(sent()).toHaveLength(1);
    expect(sent()[0]).toMatchObject({
      first_name: "Gwen",
      language: "cy",
      answers: { texts: false, opinions: false },
      wordings: { texts: "texts-cy", opinions: "opinions-cy" },
    });
  });

  test.for(["details", "question"])("Start again at the %s begins from nothing", async (step) => {
    await turn();
    if (step === "question") await introduce("Cymraeg");
    else {
      await user.click(await button("Cymraeg"));
      await user.type(await field("First name"), "Gwen");
    }
    expect(screen.getByRole("main").lang).toBe("cy");
    await user.click(await button("Start again"));
    await languages();
    expect(screen.getByRole("main").lang).toBe("en");
    expect(screen.queryByRole("button", { name: "Start again" })).toBeNull();
    await user.click(await button("English"));
    for (const each of await screen.findAllByRole<HTMLInputElement>("textbox")) {
      expect(each.value).toBe("");
    }
    expect(core.flipSave).not.toHaveBeenCalled();
  });

  test("nothing of theirs stays for whoever comes next", async () => {
    await turn();
    await introduce();
    await answer("Yes");
    await answer("Yes");
    await heading("Thank you");
    expect(document.body.innerHTML).not.toContain("Gwen");
    await user.click(await button("Start again"));
    await languages();
    await user.click(await button("English"));
    for (const each of await screen.findAllByRole<HTMLInputElement>("textbox")) {
      expect(each.value).toBe("");
    }
    await user.type(await field("First name"), "Rhys{Enter}");
    await answer("No");
    await answer("No");
    await heading("Thank you");
    expect(sent()[1]).toMatchObject({
      first_name: "Rhys",
      mobile: "",
      answers: { texts: false, opinions: false },
    });
  });

  test("an answer can be changed on the way back, and is not asked for twice", async () => {
    await turn();
    await introduce();
    await answer("Yes");
    await waitFor(() => expect(wording()?.textContent).not.toBe(world.wording));
    await user.click(await button("Back"));
    expect(wording()?.textContent).toBe(world.wording);
    await answer("No");
    await answer("No");
    await heading("Thank you");
    expect(sent()[0]?.answers).toEqual({ texts: false, opinions: false });
  });

  test("an address that is none is said before anything is asked", async () => {
    await turn();
    await user.click(await button("English"));
    await user.type(await field("First name"), "Gwen");
    await user.type(await field("Email"), "gwen.example.org{Enter}");
    expect(await screen.findByText("Please check the address.")).toBeTruthy();
    expect(wording()).toBeNull();
    await user.clear(await field("Email"));
    await user.type(await field("Email"), "gwen@example.org{Enter}");
    await answer("Yes");
    await answer("No");
    await heading("Thank you");
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.email).toBe("gwen@example.org");
  });

  test("what cannot be looked at is not asked about, and says why", async () => {
    await turn();
    await user.click(await button("English"));
    world.failures["flipCheck"] = {
      code: "unexpected",
      sentence: "It cannot be read.",
      field: null,
    };
    await user.type(await field("First name"), "Gwen{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("It cannot be read.");
    expect(wording()).toBeNull();
    expect((await field("First name")).value).toBe("Gwen");
    delete world.failures["flipCheck"];
    await user.click(await button("Next"));
    expect(await button("Yes")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("what the core cannot use leads back to its field, with all that was typed", async () => {
    await turn();
    await introduce();
    vi.mocked(core.flipSave).mockResolvedValueOnce({ invalid: ["postcode"], texted: false });
    await answer("Yes");
    await answer("No");
    expect(await screen.findByText("Please check the postcode.")).toBeTruthy();
    expect((await field("Postcode")).getAttribute("aria-invalid")).toBe("true");
    expect((await field("First name")).value).toBe("Gwen");
    await user.click(await button("Next"));
    await answer("Yes");
    await answer("No");
    await heading("Thank you");
    expect(sent()).toHaveLength(2);
  });

  test("where it cannot be saved there are no thanks, and the answer can be given again", async () => {
    await turn();
    await introduce();
    world.failures["flipSave"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    await answer("Yes");
    await answer("No");
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByRole("heading", { name: "Thank you" })).toBeNull();
    delete world.failures["flipSave"];
    await answer("No");
    await heading("Thank you");
    expect(sent().at(-1)).toMatchObject({ first_name: "Gwen", answers: { texts: true } });
  });

  test("two presses in a row are one answer: nobody agrees to what they have not read", async () => {
    await turn();
    await introduce();
    await answer("Yes");
    await pass(0);
    expect(wording()?.textContent).toMatch(/keep a note of what you think/);
    await user.click(await button("Yes"));
    await pass(SAME_PRESS_MS - 1);
    await user.click(await button("Yes"));
    await pass(0);
    expect(core.flipSave).not.toHaveBeenCalled();
    await pass(1);
    await user.click(await button("Yes"));
    await heading("Thank you");
    expect(core.flipSave).toHaveBeenCalledOnce();
  });

  test("a press as the first question comes is no answer either, nor on the way back to it", async () => {
    await turn();
    await introduce();
    await user.dblClick(await button("No"));
    await pass(0);
    expect(wording()?.textContent).toBe(world.wording);
    await answer("Yes");
    await pass(0);
    await user.dblClick(await button("Back"));
    await pass(0);
    await user.click(await button("Yes"));
    await pass(0);
    expect(wording()?.textContent).toBe(world.wording);
    expect(core.flipSave).not.toHaveBeenCalled();
  });

  test("the privacy notice is at hand at every step, in their language", async () => {
    await turn();
    await user.click(await button("Cymraeg"));
    const ask = await button("Privacy notice");
    expect(screen.queryByText(/^Mae Clean Air Now/)).toBeNull();
    await user.click(ask);
    expect(ask.getAttribute("aria-expanded")).toBe("true");
    expect(
      screen
        .getByText(/^Mae Clean Air Now/)
        .closest("[lang]")
        ?.getAttribute("lang"),
    ).toBe("cy");
    await user.click(ask);
    expect(screen.queryByText(/^Mae Clean Air Now/)).toBeNull();
  });
});
