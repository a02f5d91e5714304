import { screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { core, listen, type Filter } from "../src/api";
import { chipsOf } from "../src/features/people/question";
import { dayOf } from "../src/shared/day";
import { NO_FILTER } from "../src/shared/question";
import { lastAsked, people } from "./finding";

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>("button", { name });
const panel = async () => within(await screen.findByRole("complementary", { name: "Filters" }));
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
});

async function choose(label: string, option: string): Promise<void> {
  await user.selectOptions((await panel()).getByLabelText(label), option);
}

describe("filters", () => {
  const CHOICES: [label: string, option: string, asked: Partial<Filter>][] = [
    ["Consent", "Said no", { consent: "refused" }],
    ["Text", "Failed", { text: "failed" }],
    ["Captured by", "Priya", { canvasser: "Priya" }],
    ["Shift", "Sam, Brixton tube", { shift_id: "shift-1" }],
    ["Language", "Cymraeg", { language: "cy" }],
    ["Brought in with", "Fair sign-ups.xlsx", { act_id: "import-1" }],
    ["Household", "Shares none", { household: false }],
    ["Opted out", "Opted out", { opted_out: true }],
    ["Needs correcting", "Needs correcting", { needs_correcting: true }],
  ];

  test.each(CHOICES)("“%s: %s” asks at once", async (label, option, asked) => {
    await people("thousand");
    await user.click(await button("Filters"));
    const ask = vi.spyOn(core, "people");
    const select = (await panel()).getByLabelText<HTMLSelectElement>(label);
    const found = [...select.options].find(({ text }) => text.startsWith(option));
    await user.selectOptions(select, found as HTMLOptionElement);
    await waitFor(() => expect(lastAsked(ask).filter).toEqual({ ...NO_FILTER, ...asked }));
  });

  test("go together, stand as chips, and go one by one", async () => {
    await people("thousand");
    await user.click(await button("Filters"));
    await choose("Consent", "Confirmed by their phone");
    await choose("Captured by", "Priya");
    const chips = within(await screen.findByRole("list", { name: "What is set" }));
    expect(chips.getAllByRole("button")).toHaveLength(2);
    expect(await screen.findByText(/^\d+ of 1,204 people/)).toBeTruthy();
    const ask = vi.spyOn(core, "people");
    await user.click(chips.getByRole("button", { name: /Consent: confirmed/ }));
    await waitFor(() =>
      expect(lastAsked(ask).filter).toEqual({ ...NO_FILTER, canvasser: "Priya" }),
    );
    // The focus goes to the next chip, then back to where filters are.
    expect(document.activeElement?.textContent).toContain("Captured by Priya");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("1,204 people, newest first")).toBeTruthy();
    expect(document.activeElement?.textContent).toContain("Filters");
  });

  test("take days as people write them, and say what a day looks like", async () => {
    await people("thousand");
    await user.click(await button("Filters"));
    const ask = vi.spyOn(core, "people");
    const from = (await panel()).getByLabelText<HTMLInputElement>("Captured from");
    await user.type(from, "3/11/2026");
    await waitFor(() => expect(lastAsked(ask).filter.from).toBe("2026-11-03"));
    expect(await screen.findByText("From 3 Nov 2026")).toBeTruthy();
    await user.tab();
    expect(from.value).toBe("03/11/2026");
    const until = (await panel()).getByLabelText<HTMLInputElement>("Until");
    await user.type(until, "31/2/2026");
    await user.tab();
    expect(await screen.findByText("Type a day like 25/11/2026.")).toBeTruthy();
    expect(until.value).toBe("31/2/2026");
    expect(lastAsked(ask).filter.to).toBeNull();
  });

  test("are put away with Escape, and the focus is back on their button", async () => {
    await people("thousand");
    await user.click(await button("Filters"));
    (await panel()).getByLabelText("Consent").focus();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("complementary", { name: "Filters" })).toBeNull();
    await waitFor(async () => expect(document.activeElement).toBe(await button("Filters")));
  });

  test("that fit nobody say how to go on", async () => {
    await people("thousand");
    await user.click(await button("Filters"));
    await choose("Text", "Uncertain");
    expect(await screen.findByText(/Nobody fits everything that is set/)).toBeTruthy();
    await user.click(await button("Show everybody"));
    expect(await screen.findByText("1,204 people, newest first")).toBeTruthy();
  });
});

describe("saved filters", () => {
  test("keep the search, the filters and the order under a name", async () => {
    await people("thousand");
    await user.type(await screen.findByRole("searchbox"), "khan");
    await user.click(await button("Filters"));
    await choose("Captured by", "Sam");
    await user.click(await button("Save filter"));
    await user.type(await screen.findByLabelText("Name of this filter"), "Sam's Khans{Enter}");
    expect(await button("Sam's Khans")).toBeTruthy();
    expect(world.filters.at(-1)?.question).toMatchObject({
      search: "khan",
      filter: { canvasser: "Sam" },
    });
    expect((await button("Sam's Khans")).getAttribute("aria-pressed")).toBe("true");
  });

  test("are chosen, the search with them", async () => {
    await people("thousand");
    await user.type(await screen.findByRole("searchbox"), "pugh");
    await user.click(await button("Filters"));
    await user.click(await button("Confirmed, Welsh"));
    const chips = within(await screen.findByRole("list", { name: "What is set" }));
    expect(chips.getByRole("button", { name: /Language: Cymraeg/ })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("");
  });

  test("are forgotten, and what is shown stays", async () => {
    await people("thousand");
    await user.click(await button("Filters"));
    await user.click(await button("Forget “To ring on Monday”"));
    await waitFor(() =>
      expect(screen.queryByRole("button", { name: "To ring on Monday" })).toBeNull(),
    );
    expect(world.filters).toHaveLength(1);
  });

  test("that were forgotten are there again with one click", async () => {
    await people("thousand");
    const [monday] = structuredClone(world.filters);
    await user.click(await button("Filters"));
    await user.click(await button("Forget “To ring on Monday”"));
    await screen.findByText("The filter “To ring on Monday” is forgotten.");
    await user.click(await button("Undo this"));
    expect(await screen.findByText("The filter “To ring on Monday” is there again.")).toBeTruthy();
    expect(await button("To ring on Monday")).toBeTruthy();
    expect(world.filters.at(-1)?.question).toEqual(monday?.question);
  });

  test("that a newer Placard saved are named, and never stand for everybody", async () => {
    await people("thousand");
    world.filters = [{ id: "filter-9", name: "Near the office", question: null }];
    tell("campaign");
    await user.click(await button("Filters"));
    expect(await screen.findByText(/saved by a newer Placard/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Near the office" })).toBeNull();
    await user.click(await button("Forget “Near the office”"));
    await waitFor(() => expect(world.filters).toHaveLength(0));
    expect(screen.queryByRole("button", { name: "Undo this" })).toBeNull();
  });

  test("replace another of their name once somebody says so", async () => {
    await people("thousand");
    await user.click(await button("Filters"));
    await choose("Captured by", "Priya");
    await user.click(await button("Save filter"));
    const name = screen.getByLabelText("Name of this filter");
    await user.type(name, "To ring on Monday{Enter}");
    expect(await screen.findByText(/^A filter of this name is there/)).toBeTruthy();
    expect(world.filters[0]?.question?.filter.canvasser).toBe("Sam");
    // Another name is another filter.
    await user.type(name, "s");
    expect(await button("Save")).toBeTruthy();
    await user.type(name, "{Backspace}{Enter}");
    await user.click(await button("Replace it"));
    await waitFor(() => expect(world.filters).toHaveLength(2));
    const monday = world.filters.find((saved) => saved.name === "To ring on Monday");
    expect(monday?.question?.filter.canvasser).toBe("Priya");
  });

  test("need a name, and something to save", async () => {
    await people("thousand");
    await user.click(await button("Filters"));
    expect((await button("Save filter")).disabled).toBe(true);
    await choose("Captured by", "Sam");
    await user.click(await button("Save filter"));
    await user.keyboard("{Enter}");
    expect(await screen.findByText(/^Give it a name/)).toBeTruthy();
    await user.keyboard("{Escape}");
    await waitFor(async () => expect(document.activeElement).toBe(await button("Save filter")));
  });
});

test("a day is read however it is written, and only if it is one", () => {
  const read = ["25/11/2026", "25.11.26", "2026-11-25", "25 11 2026", " 25-11-2026 "];
  for (const typed of read) expect(dayOf(typed)).toBe("2026-11-25");
  for (const typed of ["", "25/11", "31/2/2026", "yesterday", "25/13/2026", "1/1/202"]) {
    expect(dayOf(typed), typed).toBeNull();
  }
});

test("every filter has words of its own", () => {
  const set: Filter = {
    consent: "agrees",
    text: "none",
    canvasser: "Sam",
    shift_id: "s",
    from: "2026-11-03",
    to: "2026-11-04",
    language: "cy",
    household: true,
    opted_out: false,
    needs_correcting: true,
    act_id: "a",
  };
  const words = chipsOf(set, undefined).map((chip) => chip.words);
  expect(new Set(words).size).toBe(Object.keys(NO_FILTER).length);
});
