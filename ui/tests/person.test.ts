import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
/** A field of the page: Capture, which is kept behind it, has fields of the same names. */
const field = async (name: string) =>
  within(await screen.findByRole("form", { name: "Details" })).getByLabelText<HTMLInputElement>(
    name,
  );
/** Their own phone proves another number than the one that was typed. */
function phoneProves(mobile: string): void {
  world.persons = world.persons.map((person) => ({ ...person, mobile }));
  tell("people");
}
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
  SCENES["person"]?.(world);
  location.hash = "#/people/person-0";
});

describe("putting a person right", () => {
  test("happens in place: Enter saves, and the focus is back on Edit", async () => {
    const correct = vi.spyOn(core, "correct");
    render(App);
    await user.click(await button("Edit"));
    await waitFor(async () => expect(document.activeElement).toBe(await field("First name")));
    const postcode = await field("Postcode");
    await user.clear(postcode);
    await user.type(postcode, "SW9 8JX{Enter}");
    expect(await screen.findByText("Saved.")).toBeTruthy();
    expect(correct).toHaveBeenCalledExactlyOnceWith(
      "person-0",
      expect.objectContaining({ first_name: "Amina", postcode: "SW9 8EJ" }),
      expect.objectContaining({ first_name: "Amina", postcode: "SW9 8JX" }),
      null,
      null,
    );
    expect(await screen.findByText("SW9 8JX")).toBeTruthy();
    await waitFor(async () => expect(document.activeElement).toBe(await button("Edit")));
    expect(await screen.findByText("Details were put right.")).toBeTruthy();
  });

  test("Escape leaves everything as it was", async () => {
    const correct = vi.spyOn(core, "correct");
    render(App);
    await user.click(await button("Edit"));
    await user.type(await field("Last name"), "wrong{Escape}");
    expect(screen.queryByRole("form", { name: "Details" })).toBeNull();
    expect(await screen.findByRole("heading", { name: "Amina Khan" })).toBeTruthy();
    expect(correct).not.toHaveBeenCalled();
  });

  test("a fault is said beside its field, and what was typed stays", async () => {
    render(App);
    await user.click(await button("Edit"));
    const mobile = await field("Mobile");
    await user.clear(mobile);
    await user.type(mobile, "07700 9{Enter}");
    expect(await screen.findByText("This number is not whole yet.")).toBeTruthy();
    expect(mobile.value).toBe("07700 9");
    await waitFor(() => expect(document.activeElement).toBe(mobile));
  });

  test("a number that somebody has is asked about first", async () => {
    const correct = vi.spyOn(core, "correct");
    render(App);
    const other = world.people.find(({ id, mobile }) => id !== "person-0" && mobile);
    await user.click(await button("Edit"));
    const mobile = await field("Mobile");
    await user.clear(mobile);
    await user.type(mobile, `${other?.mobile}{Enter}`);
    const there = await screen.findByRole("region", { name: "This mobile is already there" });
    await user.click(within(there).getByRole("button", { name: "Shares the phone" }));
    expect(await screen.findByText("Saved. Their text goes to the new number.")).toBeTruthy();
    expect(correct).toHaveBeenLastCalledWith(
      "person-0",
      expect.anything(),
      expect.anything(),
      { how: "shared_with", supporter_id: other?.id },
      null,
    );
  });

  test("what changed meanwhile and was not typed over stays", async () => {
    render(App);
    await user.click(await button("Edit"));
    const postcode = await field("Postcode");
    phoneProves("07700 900150");
    await user.clear(postcode);
    await user.type(postcode, "SW9 8JX{Enter}");
    expect(await screen.findByText("Saved.")).toBeTruthy();
    expect(await screen.findByText("07700 900150")).toBeTruthy();
    expect(await screen.findByText("SW9 8JX")).toBeTruthy();
  });

  test("what was typed over what changed meanwhile is refused, and stays", async () => {
    render(App);
    await user.click(await button("Edit"));
    const mobile = await field("Mobile");
    phoneProves("07700 900150");
    await user.clear(mobile);
    await user.type(mobile, "07700 900151{Enter}");
    expect(await screen.findByText(/^Changed meanwhile: mobile/)).toBeTruthy();
    expect((await field("Mobile")).value).toBe("07700 900151");
    await user.click(await button("Leave it"));
    expect(await screen.findByText("07700 900150")).toBeTruthy();
  });

  test("nothing is lost where the disk says no", async () => {
    world.failures["correct"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    render(App);
    await user.click(await button("Edit"));
    await user.type(await field("Last name"), "-Hill{Enter}");
    expect(await screen.findByText("The disk is full.")).toBeTruthy();
    expect((await field("Last name")).value).toBe("Khan-Hill");
  });
});

describe("whom a person lives with", () => {
  const household = () => field("Household");
  const choices = async () =>
    within(await screen.findByRole("listbox", { name: "Whom they live with" }));

  async function edit() {
    const correct = vi.spyOn(core, "correct");
    render(App);
    await user.click(await button("Edit"));
    const input = await household();
    expect(input.value).toBe("Bilal Khan");
    return { correct, input };
  }

  /** The next search is answered only once it is let go. */
  function heldBack() {
    const found = core.people;
    let go = (): void => undefined;
    const late = vi.spyOn(core, "people").mockImplementationOnce(async (...given) => {
      await new Promise<void>((done) => (go = done));
      return found(...given);
    });
    return { late, free: () => go() };
  }

  test("is found as it is typed, and chosen by keyboard alone", async () => {
    const { correct, input } = await edit();
    await user.click(input);
    // What stands there is chosen whole: typing replaces it.
    await user.keyboard("rhys");
    const list = await choices();
    expect(await list.findByRole("option", { name: /^Rhys ap Gwilym/ })).toBeTruthy();
    expect(input.getAttribute("aria-expanded")).toBe("true");
    await user.keyboard("{ArrowDown}");
    const [rhys] = list.getAllByRole("option");
    expect(input.getAttribute("aria-activedescendant")).toBe(rhys?.id);
    await user.keyboard("{Enter}");
    expect(input.value).toBe("Rhys ap Gwilym");
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(correct).not.toHaveBeenCalled();
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Saved.")).toBeTruthy();
    const id = world.people.find(({ name }) => name === "Rhys ap Gwilym")?.id;
    expect(correct).toHaveBeenCalledExactlyOnceWith(
      "person-0",
      expect.anything(),
      expect.anything(),
      null,
      { shown: "home-1", with: id },
    );
    expect(await screen.findByRole("link", { name: "Rhys ap Gwilym" })).toBeTruthy();
  });

  test("is nobody else here where the field is emptied, or that is chosen", async () => {
    const { correct, input } = await edit();
    await user.click(input);
    await user.keyboard("{ArrowDown}");
    await user.click((await choices()).getByRole("option", { name: "Nobody else here" }));
    expect(input.value).toBe("");
    await user.click(await button("Save"));
    expect(await screen.findByText("Saved.")).toBeTruthy();
    expect(correct.mock.calls[0]?.[4]).toEqual({ shown: "home-1", with: null });
    await waitFor(() => expect(screen.queryByText(/Shares a home or a phone/)).toBeNull());
  });

  test("is nobody in particular until somebody is chosen, and says so", async () => {
    const { correct, input } = await edit();
    await user.clear(input);
    await user.type(input, "rhy{Enter}");
    expect(await screen.findByText(/^Choose somebody from the list/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(input));
    expect(correct).not.toHaveBeenCalled();
    expect(input.getAttribute("aria-invalid")).toBe("true");
    await user.click(await (await choices()).findByRole("option", { name: /^Rhys ap Gwilym/ }));
    expect(screen.queryByText(/^Choose somebody from the list/)).toBeNull();
    expect(input.getAttribute("aria-invalid")).toBeNull();
  });

  test("is not asked any more by an arrow once the field is left", async () => {
    const { input } = await edit();
    await user.clear(input);
    await user.type(input, "rhys");
    await choices();
    await user.keyboard("{Escape}");
    const { late, free } = heldBack();
    await user.keyboard("{ArrowDown}");
    await user.click(await field("Email"));
    free();
    // What is typed elsewhere comes after the answer.
    await user.type(await field("Email"), "a");
    expect(late).toHaveBeenCalledOnce();
    expect(input.getAttribute("aria-expanded")).toBe("false");
    expect(screen.queryByRole("listbox")).toBeNull();
  });

  test("stays chosen by the arrows where what was typed is answered later", async () => {
    const { input } = await edit();
    await user.clear(input);
    await user.type(input, "rhy");
    await (await choices()).findByRole("option", { name: /^Rhys ap Gwilym/ });
    const { late, free } = heldBack();
    await user.keyboard("s{ArrowDown}");
    expect(late).toHaveBeenCalledOnce();
    free();
    await late.mock.results[0]?.value;
    // By then the answer is drawn.
    await new Promise((drawn) => requestAnimationFrame(drawn));
    const [rhys] = (await choices()).getAllByRole("option");
    expect(input.getAttribute("aria-activedescendant")).toBe(rhys?.id);
    await user.keyboard("{Enter}");
    expect(input.value).toBe("Rhys ap Gwilym");
  });

  test("is brought into view while one goes through the list", async () => {
    const { input } = await edit();
    await user.clear(input);
    await user.type(input, "rhys");
    const list = await choices();
    const seen = vi.spyOn(Element.prototype, "scrollIntoView");
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(seen).toHaveBeenCalledExactlyOnceWith({ block: "nearest" }));
    expect(seen.mock.contexts[0]).toBe(list.getAllByRole("option")[0]);
  });

  test("is as it was after Escape, which puts away the list before the fields", async () => {
    const { correct, input } = await edit();
    await user.clear(input);
    await user.type(input, "rhys");
    await choices();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(input.value).toBe("rhys");
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("form", { name: "Details" })).toBeNull();
    expect(correct).not.toHaveBeenCalled();
  });

  test("is refused where it has changed meanwhile, and what was chosen stays", async () => {
    const { input } = await edit();
    world.persons = world.persons.map((person) => ({ ...person, home: "home-2" }));
    await user.clear(input);
    await user.click(await button("Save"));
    expect(await screen.findByText(/^Changed meanwhile: Household/)).toBeTruthy();
    expect((await household()).value).toBe("");
  });
});

test("the page hears what becomes of their text", async () => {
  render(App);
  await screen.findByRole("heading", { name: "Amina Khan" });
  const why = "No text arrives: this number cannot get texts.";
  world.persons = world.persons.map((person) => ({ ...person, why_no_text: why }));
  tell("texts");
  expect(await screen.findByText(why)).toBeTruthy();
});

test("a yes is withdrawn from whom the page shows, whoever was merged into them", async () => {
  const [kept] = world.persons;
  if (kept) vi.spyOn(core, "person").mockResolvedValue({ ...kept, id: "kept" });
  const withdraw = vi.spyOn(core, "withdraw");
  render(App);
  await user.click(await button("Withdraw: Texts"));
  await user.click(await button("Withdraw it"));
  expect(withdraw).toHaveBeenCalledExactlyOnceWith("kept", "texts");
});

test("the page says who lives there, and why no text goes", async () => {
  const [amina] = world.persons;
  if (amina) amina.why_no_text = "No text goes: they said no to texts.";
  render(App);
  expect(await screen.findByText("No text goes: they said no to texts.")).toBeTruthy();
  const home = await screen.findByRole<HTMLAnchorElement>("link", { name: "Bilal Khan" });
  expect(home.hash).toBe("#/people/person-1");
  const story = within(await screen.findByRole("list", { name: "Timeline" }));
  expect(story.getAllByRole("listitem")[1]?.textContent).toContain("Texted us: “YES”");
});
