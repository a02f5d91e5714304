import { screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { aPerson } from "../dev/pretend/world";
import { core, listen, type PeoplePage } from "../src/api";
import { columns } from "../src/features/people/columns.svelte";
import { ROW_PX, VIEW_PX, drawn, focusedRow, people, rowIndex } from "./finding";

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>("button", { name });
const search = () => screen.findByRole<HTMLInputElement>("searchbox", { name: "Search people" });
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  columns.asAtFirst();
});

describe("a million people", () => {
  test("are a table that draws only those in view", async () => {
    const grid = await people("million");
    expect(grid.getAttribute("aria-rowcount")).toBe("1000001");
    expect(await screen.findByText("1,000,000 people, newest first")).toBeTruthy();
    await waitFor(() => expect(drawn(grid).length).toBeGreaterThan(10));
    expect(drawn(grid).length).toBeLessThan(40);
    const body = grid.querySelector<HTMLElement>(".body");
    expect(parseInt(body?.style.height ?? "", 10)).toBeLessThan(30_000_000);
  });

  test("are gone through to the last by one key, and each step is a row", async () => {
    const grid = await people("million");
    await screen.findByText("Amina Khan");
    await user.click(await search());
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(rowIndex()).toBe(2));
    await user.keyboard("{End}");
    await waitFor(() => expect(rowIndex()).toBe(1_000_001));
    await waitFor(() => expect(focusedRow()).not.toBe("…"));
    expect(drawn(grid)).toContain(1_000_001);
    await user.keyboard("{ArrowUp}");
    await waitFor(() => expect(rowIndex()).toBe(1_000_000));
    await user.keyboard("{PageUp}");
    const page = Math.floor((VIEW_PX - ROW_PX) / ROW_PX) - 1;
    await waitFor(() => expect(rowIndex()).toBe(1_000_000 - page));
    await user.keyboard("{Home}");
    await waitFor(() => expect(rowIndex()).toBe(2));
  });

  test("show whoever is scrolled to", async () => {
    const grid = await people("million");
    grid.scrollTop = 2_000_000;
    grid.dispatchEvent(new Event("scroll"));
    await waitFor(() => expect(Math.max(...drawn(grid))).toBeGreaterThan(400_000));
    // The row that Tab comes to is still there.
    expect(drawn(grid)).toContain(2);
    await waitFor(() => expect(within(grid).queryByText("…")).toBeNull());
  });
});

describe("searching", () => {
  test("finds as it is typed, and says how many of how many", async () => {
    await people("thousand");
    await user.type(await search(), "wojcik");
    expect(await screen.findByText(/^\d+ of 1,204 people, newest first$/)).toBeTruthy();
    const grid = screen.getByRole("grid", { name: "People" });
    for (const row of within(grid).getAllByRole("row").slice(1)) {
      expect(row.textContent).toContain("Wójcik");
    }
  });

  test("finds by the last digits of a number, and opens the one with two keys", async () => {
    world.people = [aPerson(0, "waiting"), aPerson(1, "waiting"), aPerson(2, null)];
    await people("");
    await user.keyboard("/");
    expect(document.activeElement).toBe(await search());
    await user.keyboard("0101");
    await screen.findByText("1 of 3 people, newest first");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(focusedRow()).toContain("Rhys ap Gwilym"));
    await user.keyboard("{Enter}");
    expect(location.hash).toBe("#/people/person-1");
  });

  test("shows the newest answer, however late an older one comes", async () => {
    await people("thousand");
    const field = await search();
    const answers: ((page: PeoplePage) => void)[] = [];
    vi.spyOn(core, "people").mockImplementation(
      () => new Promise((answered) => answers.push(answered)),
    );
    const page = (name: string): PeoplePage => ({
      total: 1,
      more: false,
      near: false,
      rows: [{ ...aPerson(0, null), id: name, name }],
    });
    await user.type(field, "ab");
    answers[1]?.(page("The second"));
    expect(await screen.findByText("The second")).toBeTruthy();
    answers[0]?.(page("The first"));
    await Promise.resolve();
    expect(screen.queryByText("The first")).toBeNull();
  });

  test("leaves what is shown until the answer is there, and says that it is busy", async () => {
    const grid = await people("thousand");
    expect(await screen.findAllByText("Amina Khan")).not.toHaveLength(0);
    const list = grid.parentElement;
    expect(list?.getAttribute("aria-busy")).toBe("false");
    let answer: ((page: PeoplePage) => void) | undefined;
    vi.spyOn(core, "people").mockImplementation(() => new Promise((done) => (answer = done)));
    await user.type(await search(), "z");
    expect(screen.getAllByText("Amina Khan")).not.toHaveLength(0);
    expect(list?.getAttribute("aria-busy")).toBe("true");
    answer?.({ total: 1, more: false, near: false, rows: [aPerson(0, null)] });
    await waitFor(() => expect(list?.getAttribute("aria-busy")).toBe("false"));
  });

  test("that finds nobody says what to do, and Escape takes it back", async () => {
    await people("thousand");
    await user.type(await search(), "nobodyatall");
    expect(await screen.findByText("Nobody found")).toBeTruthy();
    await user.click(await button("Show everybody"));
    expect(await screen.findByRole("grid", { name: "People" })).toBeTruthy();
    expect((await search()).value).toBe("");
    await user.type(await search(), "pugh{Escape}");
    expect((await search()).value).toBe("");
    expect(await screen.findByText("1,204 people, newest first")).toBeTruthy();
  });

  test("says so where people are only spelled nearly like that", async () => {
    await people("near");
    await user.type(await search(), "pugh");
    expect(await screen.findByText(/These are spelled nearly so/)).toBeTruthy();
  });

  test("tells of more than were counted, and counts them", async () => {
    const grid = await people("thousand");
    world.crowd = 40_000;
    let tell: ((count: number) => void) | undefined;
    vi.spyOn(core, "countPeople").mockImplementation(() => new Promise((told) => (tell = told)));
    await user.type(await search(), "a");
    expect(await screen.findByText(/^10,000\+ of /)).toBeTruthy();
    await waitFor(() => expect(tell).toBeTruthy());
    tell?.(23_456);
    expect(await screen.findByText(/^23,456 of /)).toBeTruthy();
    expect(Number(grid.getAttribute("aria-rowcount"))).toBe(23_457);
  });

  test("is reached by Ctrl+F too, and a slash in a field is a slash", async () => {
    await people("thousand");
    await user.keyboard("{Control>}f{/Control}");
    expect(document.activeElement).toBe(await search());
    await user.keyboard("a/b");
    expect((await search()).value).toBe("a/b");
  });

  test("keeps the list where the disk says no", async () => {
    await people("thousand");
    await screen.findAllByText("Amina Khan");
    world.failures["people"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    await user.type(await search(), "a");
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.getAllByText("Amina Khan")).not.toHaveLength(0);
  });
});

describe("the order", () => {
  test("is by a column with a click, and the other way with another", async () => {
    const grid = await people("thousand");
    const asked = vi.spyOn(core, "people");
    const head = within(grid).getByRole("columnheader", { name: "Captured" });
    expect(head.getAttribute("aria-sort")).toBe("descending");
    await user.click(within(grid).getByRole("button", { name: "Name" }));
    const name = within(grid).getByRole("columnheader", { name: "Name" });
    await waitFor(() => expect(name.getAttribute("aria-sort")).toBe("ascending"));
    expect(head.getAttribute("aria-sort")).toBe("none");
    expect(await screen.findByText("1,204 people, by name")).toBeTruthy();
    await user.click(within(grid).getByRole("button", { name: "Name" }));
    expect(await screen.findByText("1,204 people, by name, backwards")).toBeTruthy();
    expect(asked).toHaveBeenCalledWith(
      expect.objectContaining({ sort: "name", descending: true }),
      0,
      expect.anything(),
    );
  });

  test("is by what they agree to, and by their text", async () => {
    const grid = await people("thousand");
    await user.click(within(grid).getByRole("button", { name: "Agrees" }));
    expect(await screen.findByText("1,204 people, who agrees first")).toBeTruthy();
    await user.click(within(grid).getByRole("button", { name: "Agrees" }));
    expect(await screen.findByText("1,204 people, who was not asked first")).toBeTruthy();
    await user.click(within(grid).getByRole("button", { name: "Text" }));
    expect(await screen.findByText("1,204 people, by text")).toBeTruthy();
  });

  test("is by key: the heads are one stop of Tab, and arrows go along them", async () => {
    const grid = await people("thousand");
    within(grid).getByRole("button", { name: "Name" }).focus();
    await user.keyboard("{ArrowRight}{ArrowRight}{Enter}");
    expect(await screen.findByText("1,204 people, by postcode")).toBeTruthy();
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(rowIndex()).toBe(2));
    const stops = grid.querySelectorAll("[role=columnheader] button[tabindex='0']");
    expect(stops).toHaveLength(1);
  });

  test("by first name is a choice beside the columns", async () => {
    await people("thousand");
    await user.click(await button("Columns"));
    await user.selectOptions(await screen.findByLabelText("In the order of"), "First name");
    expect(await screen.findByText("1,204 people, by first name")).toBeTruthy();
  });
});

describe("columns", () => {
  test("are chosen, and stay chosen on this laptop", async () => {
    const grid = await people("thousand");
    expect(within(grid).queryByRole("columnheader", { name: "Email" })).toBeNull();
    await user.click(await button("Columns"));
    await user.click(screen.getByRole("checkbox", { name: "Email" }));
    expect(within(grid).getByRole("columnheader", { name: "Email" })).toBeTruthy();
    await user.click(screen.getByRole("checkbox", { name: "Postcode" }));
    expect(within(grid).queryByRole("columnheader", { name: "Postcode" })).toBeNull();
    expect(localStorage.getItem("placard.columns")).toContain("email");
    expect(localStorage.getItem("placard.columns")).not.toContain("postcode");
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("checkbox", { name: "Email" })).toBeNull();
    expect(document.activeElement).toBe(await button("Columns"));
  });
});

describe("a list that changes underneath", () => {
  // All came at the same moment: whoever came a millisecond later would be sorted before the others.
  const one = aPerson(0, null);
  const somebody = (name: string) => ({ ...one, id: name, name });

  beforeEach(() => {
    world.people = Array.from({ length: 300 }, (_, index) => somebody(`Person ${index}`));
  });

  test("keeps the chosen person under the keys, at the same height", async () => {
    const grid = await people("");
    await user.click(await search());
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toContain("Person 2"));
    world.people = [somebody("New 1"), somebody("New 2"), ...world.people];
    tell("people");
    await waitFor(() => expect(rowIndex()).toBe(6));
    expect(focusedRow()).toContain("Person 2");
    expect(grid.scrollTop).toBe(2 * ROW_PX);
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toContain("Person 3"));
  });

  test("keeps the first in view where nobody was chosen, and shows the newest at the top", async () => {
    const grid = await people("");
    world.people = [somebody("New 1"), ...world.people];
    tell("people");
    expect(await screen.findByText("New 1")).toBeTruthy();
    expect(grid.scrollTop).toBe(0);
    grid.scrollTop = 100 * ROW_PX;
    grid.dispatchEvent(new Event("scroll"));
    await screen.findByText("Person 99");
    world.people = [somebody("New 2"), somebody("New 3"), ...world.people];
    tell("people");
    await waitFor(() => expect(grid.scrollTop).toBe(102 * ROW_PX));
  });

  test("stays where it is when the chosen one goes", async () => {
    await people("");
    await user.click(await search());
    await user.keyboard("{ArrowDown}{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toContain("Person 1"));
    world.people = world.people.filter(({ id }) => id !== "Person 1");
    tell("people");
    await waitFor(() => expect(focusedRow()).toContain("Person 2"));
    expect(rowIndex()).toBe(3);
  });

  test("is as it was after a look at somebody, the question too", async () => {
    await people("");
    await user.type(await search(), "person");
    await screen.findByText(/of 300 people/);
    await user.keyboard("{ArrowDown}{PageDown}{PageDown}{Enter}");
    await waitFor(() => expect(location.hash).toMatch(/^#\/people\/Person/));
    await user.click(await screen.findByRole("link", { name: "Everybody" }));
    await screen.findByRole("grid", { name: "People" });
    await waitFor(() => expect(focusedRow()).toContain("Person 18"));
    expect((await search()).value).toBe("person");
  });
});

describe("somebody's word on texts", () => {
  test("tells who said no from who was not asked", async () => {
    world.people = (["confirmed", "agrees", "refused", "not_asked"] as const).map(
      (consent, index) => ({ ...aPerson(index, null), id: consent, name: consent, consent }),
    );
    const grid = await people("");
    const row = async (name: string) =>
      (await within(grid).findByText(name)).closest("[role=row]")?.textContent ?? "";
    expect(await row("confirmed")).toContain("Confirmed");
    expect(await row("agrees")).toContain("Yes");
    expect(await row("refused")).toMatch(/No(?!t asked|ne)/);
    expect(await row("not_asked")).toContain("Not asked");
    expect(await row("not_asked")).not.toMatch(/No(?!t asked|ne)/);
  });
});

describe("those who need correcting", () => {
  test("are one click away, each with the reason", async () => {
    const grid = await people("every_state");
    await user.click(await button("Needs correcting · 3"));
    const reason = await within(grid).findByText(/it cannot get texts/);
    expect(reason.closest("[role=row]")?.textContent).toContain("Rhys ap Gwilym");
    expect((await button("Needs correcting · 3")).getAttribute("aria-pressed")).toBe("true");
    const reasons = within(grid).getAllByText(/^(Text|Number) (uncertain|mistyped|refused)\.$/);
    expect(reasons.map(({ textContent }) => textContent)).toEqual([
      "Text uncertain.",
      "Number mistyped.",
      "Number refused.",
    ]);
    expect(await screen.findByText(/^3 of 8 people, uncertain texts first/)).toBeTruthy();
    await user.click(await button("What to put right"));
    await waitFor(() =>
      expect(within(grid).getAllByText(/^(Text|Number) /)[0]?.textContent).toBe("Number refused."),
    );
    await user.click(await button("Needs correcting · 3"));
    expect(await screen.findByText("8 people, newest first")).toBeTruthy();
  });

  test("are in no such order beside those about whom there is nothing to put right", async () => {
    await people("every_state");
    await user.click(await button("Needs correcting · 3"));
    await user.click(await button(/^Clear ?Needs correcting$/));
    expect(await screen.findByText("8 people, newest first")).toBeTruthy();
  });
});
