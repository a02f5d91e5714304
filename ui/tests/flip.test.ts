import { configure, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { tick } from "svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const PIN = "2468";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const heading = (name: string | RegExp) => screen.findByRole("heading", { name });
/** The first page: whoever comes next begins here. */
const languages = () => heading(/Choose your language/);
const wording = () => document.querySelector("blockquote");
const sent = () => vi.mocked(core.flipSave).mock.calls.map(([, form]) => form);
let user: UserEvent;

listen();
// On a clock that stands still, a look passes less time than it takes the core to answer.
configure({ asyncUtilTimeout: 5000 });

/** As long as a press so soon after the question counts as the press before. */
const SAME_PRESS_MS = 700;

beforeEach(() => {
  // Time passes only when it is told to. Testing Library knows such a clock by Jest's name alone.
  vi.useFakeTimers();
  vi.stubGlobal("jest", { advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms) });
  user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  scene.current = null;
  world.pin = PIN;
  vi.spyOn(core, "flip");
  vi.spyOn(core, "flipSave");
});
afterEach(() => void vi.unstubAllGlobals());

async function turn(): Promise<void> {
  render(App);
  await user.click(await button("Flip screen"));
  await languages();
}

/** Who they are, up to the first question. */
async function introduce(language = "English"): Promise<void> {
  await user.click(await button(language));
  await user.type(await field("First name"), "Gwen");
  await user.type(await field("Mobile"), "07700900142");
  await user.click(await button("Next"));
  await button("Yes");
}

/** Time passes, and the window shows what came of it. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

/** Reads the question, then answers it. */
async function answer(name: string): Promise<void> {
  const choice = await button(name);
  await pass(SAME_PRESS_MS);
  await user.click(choice);
}

async function turnBack(pin = PIN): Promise<void> {
  await user.click(await button("Canvasser"));
  await user.type(await field("PIN"), `${pin}{Enter}`);
}

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
