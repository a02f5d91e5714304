import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const radios = async (name: string) =>
  within(
    await screen.findByRole("radiogroup", { name: `${name} differs` }),
  ).getAllByRole<HTMLInputElement>("radio");
const AMINA = "Amina Khan and Amina Kahn";
const RHYS = "Rhys ap Gwilym and Rhys Gwilym";
let user: UserEvent;

listen();

async function duplicates(name = "thousand"): Promise<void> {
  SCENES[name]?.(world);
  location.hash = "#/people/duplicates";
  render(App);
  await heading("Duplicates");
}

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
});

describe("a pair", () => {
  test("is reached from People, the likeliest first, with what differs marked", async () => {
    SCENES["thousand"]?.(world);
    location.hash = "#/people";
    render(App);
    await user.click(await screen.findByRole("link", { name: "Duplicates · 4" }));
    expect(await heading(AMINA)).toBeTruthy();
    expect(await screen.findByText("Same number · 1 of 4")).toBeTruthy();
    for (const field of ["Last name", "Email", "Postcode"]) {
      expect(await radios(field)).toHaveLength(2);
    }
    expect(screen.queryByRole("radiogroup", { name: /^First name/ })).toBeNull();
    expect(screen.getByText("The same").closest("dl")?.textContent).toContain("07700 900100");
  });

  test("says what each agreed to, and that merging adds no yes", async () => {
    await duplicates();
    const keep = within(await screen.findByRole("group", { name: "Keep" }));
    const [one, other] = keep.getAllByRole("radio").map((radio) => radio.closest("label"));
    expect(one?.textContent).toContain("Agreed to texts");
    expect(one?.textContent).not.toContain("volunteering");
    expect(other?.textContent).toContain("calls about volunteering");
    expect(screen.getByText(/^Merging adds no yes/).closest("p")?.textContent).toContain(
      "only to what they themselves said",
    );
  });

  test("keeps a value even where the kept record has none", async () => {
    await duplicates();
    const keep = within(await screen.findByRole("group", { name: "Keep" }));
    await user.click(keep.getAllByRole("radio")[1] as HTMLElement);
    const [amina, nothing] = await radios("Email");
    expect(amina?.checked).toBe(true);
    expect(nothing?.checked).toBe(false);
    expect((await radios("Postcode"))[1]?.checked).toBe(true);
  });
});

describe("merging", () => {
  test("keeps the record and the values that were chosen, and nothing else is sent", async () => {
    await duplicates();
    const merge = vi.spyOn(core, "merge");
    await heading(AMINA);
    const keep = within(await screen.findByRole("group", { name: "Keep" }));
    await user.click(keep.getAllByRole("radio")[1] as HTMLElement);
    await user.click((await radios("Last name"))[0] as HTMLElement);
    await user.click(await button("Merge"));
    expect(merge).toHaveBeenCalledExactlyOnceWith("amina-2", "amina-1", [
      { field: "last_name", from: "other" },
      { field: "email", from: "other" },
      { field: "postcode", from: "keep" },
    ]);
  });

  test("says what was done, goes to the next pair, and is undone to where it was", async () => {
    await duplicates();
    await heading(AMINA);
    await user.keyboard("{Alt>}m{/Alt}");
    expect(await screen.findByText("Merged: Amina Khan.")).toBeTruthy();
    await waitFor(async () => expect(document.activeElement).toBe(await heading(RHYS)));
    expect(await screen.findByText("Same email · 1 of 3")).toBeTruthy();
    await user.click(await button("Undo"));
    expect(await heading(AMINA)).toBeTruthy();
    expect(await screen.findByText("Undone: Amina Khan.")).toBeTruthy();
  });

  test("is undone by key while a choice has the focus", async () => {
    await duplicates();
    await user.click(await button("Merge"));
    await heading(RHYS);
    (await radios("Mobile"))[0]?.focus();
    await user.keyboard("{Control>}z{/Control}");
    expect(await heading(AMINA)).toBeTruthy();
  });

  test("that cannot be done leaves the pair, the choices, and says why", async () => {
    await duplicates();
    world.failures["merge"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    await user.click((await radios("Last name"))[1] as HTMLElement);
    await user.click(await button("Merge"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(await heading(AMINA)).toBeTruthy();
    expect((await radios("Last name"))[1]?.checked).toBe(true);
  });

  test("keeps the choices while something else changes underneath", async () => {
    await duplicates();
    await user.click((await radios("Last name"))[1] as HTMLElement);
    const read = vi.spyOn(core, "duplicates");
    world.pairs = structuredClone(world.pairs);
    tell("people");
    await waitFor(() => expect(read).toHaveBeenCalled());
    expect((await radios("Last name"))[1]?.checked).toBe(true);
  });
});

describe("what changes underneath", () => {
  test("is on the cards at once, and the choices stay", async () => {
    await duplicates();
    const keep = within(await screen.findByRole("group", { name: "Keep" }));
    await user.click(keep.getAllByRole("radio")[1] as HTMLElement);
    await user.click((await radios("Last name"))[0] as HTMLElement);
    const [amina, ...others] = structuredClone(world.pairs);
    if (!amina) throw new Error("nobody");
    amina.one = { ...amina.one, agrees_to: [], opted_out: true };
    world.pairs = [amina, ...others];
    tell("people");
    const card = () => keep.getAllByRole("radio")[0]?.closest("label")?.textContent ?? "";
    await waitFor(() => expect(card()).toContain("Agreed to nothing"));
    expect(card()).toContain("Opted out");
    expect((keep.getAllByRole("radio")[1] as HTMLInputElement).checked).toBe(true);
    expect((await radios("Last name"))[0]?.checked).toBe(true);
  });

  test("keeps the record that was chosen, on whichever side it stands by now", async () => {
    await duplicates();
    const keep = within(await screen.findByRole("group", { name: "Keep" }));
    await user.click(keep.getAllByRole("radio")[1] as HTMLElement);
    const [amina, ...others] = structuredClone(world.pairs);
    if (!amina) throw new Error("nobody");
    world.pairs = [{ ...amina, one: amina.other, other: amina.one }, ...others];
    tell("people");
    await waitFor(() =>
      expect((keep.getAllByRole("radio")[0] as HTMLInputElement).checked).toBe(true),
    );
    const merge = vi.spyOn(core, "merge");
    await user.click(await button("Merge"));
    expect(merge.mock.calls[0]?.slice(0, 2)).toEqual(["amina-2", "amina-1"]);
  });

  test("says that people were brought in since everybody was looked at", async () => {
    SCENES["thousand"]?.(world);
    world.listedSince = true;
    location.hash = "#/people/duplicates";
    render(App);
    expect(await screen.findByText(/people were brought in since/)).toBeTruthy();
  });
});

describe("two people", () => {
  test("who are not the same are not shown again, until that is undone", async () => {
    await duplicates();
    const told = vi.spyOn(core, "notTheSame");
    await heading(AMINA);
    await user.keyboard("{Alt>}n{/Alt}");
    expect(told).toHaveBeenCalledExactlyOnceWith("amina-1", "amina-2");
    await waitFor(async () => expect(document.activeElement).toBe(await heading(RHYS)));
    await user.click(await button("Undo"));
    expect(await heading(AMINA)).toBeTruthy();
  });

  test("are skipped, to the last and round again, and stay in the list", async () => {
    await duplicates();
    await heading(AMINA);
    await user.keyboard("{Alt>}s{/Alt}");
    await waitFor(async () => expect(document.activeElement).toBe(await heading(RHYS)));
    await user.keyboard("{Alt>}s{/Alt}");
    await screen.findByText(/3 of 4/);
    await user.keyboard("{Alt>}s{/Alt}");
    await screen.findByText(/4 of 4/);
    await user.click(await button("Skip"));
    expect(await heading(AMINA)).toBeTruthy();
    expect(screen.getByText("That was the last of them. This is the first again.")).toBeTruthy();
  });

  test("are chosen from the list by arrows", async () => {
    await duplicates();
    const list = within(await screen.findByRole("navigation", { name: "Pairs" }));
    list.getAllByRole("button")[0]?.focus();
    await user.keyboard("{ArrowDown}");
    expect(await heading(RHYS)).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-current")).toBe("true"));
  });
});

describe("looking for duplicates", () => {
  test("says when nothing is left, and looks again", async () => {
    await duplicates();
    for (let left = world.pairs.length; left > 0; left--) {
      await screen.findByText(new RegExp(`1 of ${left}$`));
      await user.click(await button("Not the same person"));
    }
    expect(await screen.findByText("No duplicates")).toBeTruthy();
    const look = vi.spyOn(core, "lookForDuplicates");
    await user.click(await button("Look again"));
    expect(look).toHaveBeenCalledOnce();
    expect(await screen.findByText("Looking through everybody")).toBeTruthy();
  });

  test("says what is found as soon as it is", async () => {
    await duplicates("looking");
    await screen.findByText("Looking through everybody");
    SCENES["thousand"]?.(world);
    world.looking = false;
    expect(await heading(AMINA)).toBeTruthy();
  });
});
