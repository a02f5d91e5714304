import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { drop, finish, tell, tellProgress, world } from "../dev/pretend/bindings";
import { aReport } from "../dev/pretend/world-lists";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";
import { box, button, go } from "./in-and-out";

let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
  location.hash = "#/lists/import";
});

/** Types a path and reads the list, by keyboard. */
async function read(path = "/home/maya/supporters.csv"): Promise<void> {
  await box("File");
  await waitFor(async () => expect(document.activeElement).toBe(await box("File")));
  await user.keyboard(`${path}{Enter}`);
}

const meaning = (column: string) =>
  screen.findByRole<HTMLSelectElement>("combobox", { name: `Column ${column} is` });

describe("a list", () => {
  test("goes in by keyboard alone: read, reported, brought in", async () => {
    const check = vi.spyOn(core, "checkList");
    const bring = vi.spyOn(core, "bringIn");
    render(App);
    await read();
    expect(await screen.findByText(/CSV, UTF-8, commas, about 10,000 rows/)).toBeTruthy();
    expect((await meaning("Cell")).value).toBe("mobile");
    expect((await meaning("OK to text?")).value).toBe("");

    await go(user, "button", "Report", "{Enter}");
    const said = await screen.findByText(/^9,590 people come in\./);
    await waitFor(() => expect(document.activeElement).toBe(said));
    expect(check.mock.calls[0]?.[3]).toBeNull();
    expect(bring).not.toHaveBeenCalled();
    expect(screen.getByText(/Brings in 9,590 people/)).toBeTruthy();

    await go(user, "button", "Bring in", "{Enter}");
    expect(await screen.findByText(/^9,412 people are new/)).toBeTruthy();
    expect(bring).toHaveBeenCalledExactlyOnceWith("report-1");
  });

  test("is said to text nobody, from its first step to its last", async () => {
    render(App);
    expect(await screen.findByText("An import texts nobody")).toBeTruthy();
    await read();
    await user.click(await button("Report"));
    expect(await screen.findByText(/No text goes to anybody by this\./)).toBeTruthy();
    expect(screen.getByText("An import texts nobody")).toBeTruthy();
  });

  test("is read when it is dropped on the window", async () => {
    render(App);
    await box("File");
    drop("/home/maya/dropped.csv");
    expect(await screen.findByText("dropped.csv")).toBeTruthy();
  });

  test("is read when it is chosen, and stays unread when nothing is chosen", async () => {
    const reading = vi.spyOn(core, "readList");
    world.lists.chosen = null;
    render(App);
    await user.click(await button("Choose…"));
    expect(reading).not.toHaveBeenCalled();
    world.lists.chosen = "/home/maya/Downloads/supporters.csv";
    await user.click(await button("Choose…"));
    expect(await screen.findByText("supporters.csv")).toBeTruthy();
  });

  test("that is no list is refused in words at its field, where the next word goes", async () => {
    render(App);
    await read("/home/maya/photo.png");
    expect((await screen.findByRole("alert")).textContent).toContain("Choose a CSV or Excel file.");
    expect(document.activeElement).toBe(await box("File"));
    expect((await box("File")).value).toBe("/home/maya/photo.png");
  });

  test("wants a path before it is read", async () => {
    const reading = vi.spyOn(core, "readList");
    render(App);
    await read("  ");
    expect((await screen.findByRole("alert")).textContent).toContain("Which file?");
    expect(reading).not.toHaveBeenCalled();
  });

  test("stays as it is while other places are looked at", async () => {
    render(App);
    await read();
    await user.click(await button("Report"));
    await screen.findByText(/^9,590 people come in/);
    await user.click(screen.getByRole("link", { name: "Capture" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Bring in" })).toBeNull());
    await user.click(screen.getByRole("link", { name: "In and out" }));
    expect(await button("Bring in")).toBeTruthy();
  });
});

describe("columns", () => {
  test("mean one thing each: who takes a meaning leaves the other out", async () => {
    const reading = vi.spyOn(core, "readList");
    render(App);
    await read();
    await user.selectOptions(await meaning("OK to text?"), "Mobile");
    expect((await meaning("Cell")).value).toBe("");
    expect((await meaning("OK to text?")).value).toBe("mobile");
    await waitFor(() => expect(reading).toHaveBeenCalledTimes(2));
    expect(reading.mock.calls[1]?.[2]?.columns).toEqual([
      "first_name",
      "last_name",
      null,
      "email",
      "postcode",
      "mobile",
    ]);
  });

  test("are found anew where the file is read in another way", async () => {
    const reading = vi.spyOn(core, "readList");
    render(App);
    await read();
    await user.click(await button("Change how it is read"));
    await user.selectOptions(await screen.findByLabelText("Between the columns"), "Semicolons");
    expect(await screen.findByText(/CSV, UTF-8, semicolons/)).toBeTruthy();
    expect(reading.mock.calls[1]?.[2]).toMatchObject({ delimiter: ";", columns: null });
  });

  test("of numbers only are numbers or left out", async () => {
    render(App);
    await user.click(await screen.findByRole("radio", { name: "Opt-outs" }));
    await user.click(await box("File"));
    await read();
    const names = within(await meaning("Cell"))
      .getAllByRole("option")
      .map(({ textContent }) => textContent);
    expect(names).toEqual(["Leave out", "Mobile"]);
    expect(screen.queryByText(/Nobody’s consent comes in/)).toBeNull();
  });
});

describe("consent", () => {
  beforeEach(() => {
    world.lists.columns = ["first_name", "last_name", "mobile", "email", "postcode", "consent"];
  });

  test("is not spoken of where no column says who agreed", async () => {
    world.lists.columns = ["first_name", "last_name", "mobile", "email", "postcode", null];
    render(App);
    await read();
    expect(await screen.findByText(/Nobody’s consent comes in/)).toBeTruthy();
    expect(screen.queryByText("Where these consents come from")).toBeNull();
  });

  test("is attested before it comes in; the box is not ticked beforehand", async () => {
    const check = vi.spyOn(core, "checkList");
    render(App);
    await read();
    const attest = await screen.findByRole<HTMLInputElement>("checkbox", { name: /^I attest/ });
    expect(attest.checked).toBe(false);
    await user.click(await button("Report"));
    await waitFor(async () =>
      expect(document.activeElement).toBe(await box("The words they agreed to")),
    );
    expect(check).not.toHaveBeenCalled();

    await user.keyboard("May we text you?");
    await user.type(await box("When"), "3 November");
    await user.type(await box("How they said yes"), "On paper, at the door");
    await user.click(attest);
    await user.click(await button("Report"));
    expect(await screen.findByText("Type a day like 25/11/2026.")).toBeTruthy();
    expect(check).not.toHaveBeenCalled();

    await user.clear(await box("When"));
    await user.type(await box("When"), "3/11/2026");
    await user.click(await button("Report"));
    expect(await screen.findByText(/8,930 with consent/)).toBeTruthy();
    expect(check.mock.calls[0]?.[3]).toEqual({
      wording: "May we text you?",
      purpose: "texts",
      date: "2026-11-03",
      method: "On paper, at the door",
      by: "Sam",
      agreed: true,
    });
  });

  test("goes with nobody once its column is left out", async () => {
    const check = vi.spyOn(core, "checkList");
    render(App);
    await read();
    await user.selectOptions(await meaning("OK to text?"), "Leave out");
    await waitFor(() => expect(screen.queryByText("Where these consents come from")).toBeNull());
    await user.click(await button("Report"));
    await screen.findByText(/come in\./);
    expect(check.mock.calls[0]?.[3]).toBeNull();
  });
});

describe("the report", () => {
  async function report(): Promise<void> {
    await read();
    await user.click(await button("Report"));
  }

  test("shows the refused lines with their reasons, and saves them to mend", async () => {
    render(App);
    await report();
    const refused = within(await screen.findByRole("region", { name: "Refused lines" }));
    expect(refused.getByText("The mobile is a landline: it cannot get texts.")).toBeTruthy();
    expect(refused.getByText(/And 196 more/)).toBeTruthy();
    await user.click(await button("Save the refused lines"));
    expect(
      await screen.findByText("/home/maya/Downloads/supporters-refused-2026-11-25.csv"),
    ).toBeTruthy();
  });

  test("says where the refused lines cannot be saved", async () => {
    world.failures["saveRefused"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    render(App);
    await report();
    await user.click(await button("Save the refused lines"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(await button("Bring in")).toBeTruthy();
  });

  test("no longer holds once the columns are looked at again", async () => {
    render(App);
    await report();
    await user.click(await button("Back to the columns"));
    expect(screen.queryByRole("button", { name: "Bring in" })).toBeNull();
    expect(await button("Report")).toBeTruthy();
  });

  test("offers to bring nothing in where nothing would change", async () => {
    world.lists.report = aReport({ new: 0, changed: 0, sentence: "Everybody is here already." });
    render(App);
    await report();
    expect(await screen.findByText("Nothing in it would change anything here.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Bring in" })).toBeNull();
  });

  test("offers to bring in the opt-outs of refused lines, though nobody comes in", async () => {
    world.lists.report = aReport({ new: 0, changed: 0, refused_but_out: 3 });
    render(App);
    await report();
    expect(await screen.findByText(/3 refused, whose opt-outs act all the same/)).toBeTruthy();
    expect(await button("Bring in")).toBeTruthy();
  });

  test("that is stopped says so calmly, and can be asked again", async () => {
    world.lists.slow = { done: 4_200, of: 10_000, seconds_left: 12 };
    render(App);
    await report();
    const bar = await screen.findByRole<HTMLProgressElement>("progressbar");
    await waitFor(() =>
      expect(bar.getAttribute("aria-valuetext")).toBe("42 %, about 20 seconds left"),
    );
    await go(user, "button", "Stop", "{Enter}");
    expect(await screen.findByText("Stopped. Nothing has changed.")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    world.lists.slow = null;
    await user.click(await button("Report"));
    expect(await button("Bring in")).toBeTruthy();
  });
});

describe("bringing in", () => {
  async function brought(): Promise<ReturnType<typeof within>> {
    const said = await screen.findByText(/^9,412 people are new/);
    return within(said.closest<HTMLElement>(".outcome") ?? document.body);
  }

  async function report(): Promise<void> {
    render(App);
    await read();
    await user.click(await button("Report"));
    await button("Bring in");
  }

  test("shows how far it is, and happens once however often it is pressed", async () => {
    const bring = vi.spyOn(core, "bringIn");
    await report();
    world.lists.slow = { done: 1, of: 9_590, seconds_left: null };
    const press = await button("Bring in");
    press.click();
    press.click();
    const bar = await screen.findByRole("progressbar", { name: "Bringing in 9,590 people…" });
    tellProgress({ work: "bring_in", done: 9_000, of: 9_590, seconds_left: 3 });
    await waitFor(() =>
      expect(bar.getAttribute("aria-valuetext")).toBe("93 %, a few seconds left"),
    );
    tellProgress({ work: "export", done: 1, of: 2, seconds_left: null });
    expect(bar.getAttribute("aria-valuetext")).toContain("93 %");
    finish();
    expect(await screen.findByText(/^9,412 people are new/)).toBeTruthy();
    expect(bring).toHaveBeenCalledOnce();
  });

  test("that is stopped leaves the report where it was", async () => {
    await report();
    world.lists.slow = { done: 1, of: 9_590, seconds_left: null };
    await user.click(await button("Bring in"));
    await user.click(await button("Stop"));
    expect(await screen.findByText("Stopped. Nothing has changed.")).toBeTruthy();
    expect(await button("Bring in")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Report again" })).toBeNull();
  });

  test("is refused where the file has changed since, and the report is made again", async () => {
    const check = vi.spyOn(core, "checkList");
    await report();
    world.failures["bringIn"] = {
      code: "too_late",
      sentence: "The file has changed since the report.",
      field: null,
    };
    await user.click(await button("Bring in"));
    expect((await screen.findByRole("alert")).textContent).toContain("The file has changed");
    delete world.failures["bringIn"];
    await user.click(await button("Report again"));
    await waitFor(() => expect(check).toHaveBeenCalledTimes(2));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    await user.click(await button("Bring in"));
    expect(await screen.findByText(/^9,412 people are new/)).toBeTruthy();
  });

  test("says where the disk is full, and nothing is in", async () => {
    await report();
    world.failures["bringIn"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    await user.click(await button("Bring in"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText(/are new/)).toBeNull();
  });

  test("can be undone at once", async () => {
    await report();
    await user.click(await button("Bring in"));
    const outcome = await brought();
    await user.click(await outcome.findByRole("button", { name: "Undo" }));
    expect(await screen.findByText(/^Undone: supporters\.csv/)).toBeTruthy();
    expect(outcome.queryByRole("button", { name: "Undo" })).toBeNull();
  });

  test("is no longer what Undo undoes once something else was done", async () => {
    await report();
    await user.click(await button("Bring in"));
    const outcome = await brought();
    await outcome.findByRole("button", { name: "Undo" });
    const [newest] = world.saved;
    if (newest)
      world.saved = [{ ...newest, capture_id: "capture-2", name: "Amina Khan" }, ...world.saved];
    tell("people");
    expect(await outcome.findByText(/Other things were done since/)).toBeTruthy();
    expect(outcome.queryByRole("button", { name: "Undo" })).toBeNull();
  });

  test("is followed by the next list, with nothing left of the one before", async () => {
    await report();
    await user.click(await button("Bring in"));
    await user.click(await button("Another list"));
    expect((await box("File")).value).toBe("");
    await waitFor(async () => expect(document.activeElement).toBe(await box("File")));
  });
});
