import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { PAIRS } from "../dev/pretend/duplicates";
import { aPerson } from "../dev/pretend/world";
import { core } from "../src/api";
import Capture from "../src/features/capture/Capture.svelte";
import { settle } from "../src/shared/leaving";

const field = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const said = (words: string) =>
  screen.findByText((_, element) => element?.tagName === "STRONG" && element.textContent === words);
const undoButton = () => screen.getByRole<HTMLButtonElement>("button", { name: "Undo" });
const agrees = () => screen.getByRole<HTMLInputElement>("checkbox", { name: "Agrees to texts" });
let user: UserEvent;

async function open(): Promise<void> {
  render(Capture, { practice: false, shown: true });
  await waitFor(() => expect(document.activeElement).toBe(field("First name")));
}

beforeEach(() => {
  user = userEvent.setup();
  vi.spyOn(core, "saveCapture");
  vi.spyOn(core, "saveDraft");
  vi.spyOn(core, "undo");
  vi.spyOn(core, "readMobile");
});

describe("saving a person", () => {
  test("Enter saves from any field, clears the form and returns to First name", async () => {
    await open();
    await user.type(field("First name"), "Amina");
    await user.type(field("Postcode"), "SW9 8EJ{Enter}");

    expect(await said("Saved Amina")).toBeTruthy();
    expect(core.saveCapture).toHaveBeenCalledOnce();
    expect(field("First name").value).toBe("");
    expect(field("Postcode").value).toBe("");
    expect(document.activeElement).toBe(field("First name"));
  });

  test("Saved is said beside the name in a polite live region, and the person drops into Last saved", async () => {
    await open();
    await user.type(field("First name"), "Amina{Enter}");

    expect((await said("Saved Amina")).closest("[aria-live=polite]")).not.toBeNull();
    const list = screen.getByRole("list", { name: "Last saved" });
    expect(within(list).getByText("Amina")).toBeTruthy();
  });

  test("a held Enter saves once", async () => {
    await open();
    await user.type(field("First name"), "Amina");
    for (let press = 0; press < 20; press++) {
      await fireEvent.keyDown(field("First name"), { key: "Enter", repeat: press > 0 });
    }
    await said("Saved Amina");
    expect(core.saveCapture).toHaveBeenCalledOnce();
  });

  test("a double click on Save saves once, also while the disk is slow", async () => {
    world.saveMs = 30;
    await open();
    await user.type(field("First name"), "Amina");
    await user.dblClick(screen.getByRole("button", { name: "Save" }));
    await said("Saved Amina");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(core.saveCapture).toHaveBeenCalledOnce();
  });

  test("what is typed while a save is on its way begins the next person", async () => {
    world.saveMs = 30;
    await open();
    await user.type(field("First name"), "Amina{Enter}Be");
    await said("Saved Amina");
    await user.keyboard("n");
    expect(field("First name").value).toBe("Ben");
    expect(vi.mocked(core.saveCapture).mock.calls[0]?.[1].first_name).toBe("Amina");
  });

  test("consent is never ticked beforehand, and the wording is read with its box", async () => {
    await open();
    expect(agrees().checked).toBe(false);
    const described = (agrees().getAttribute("aria-describedby") ?? "").split(" ");
    const words = described.map((id) => document.getElementById(id)?.textContent).join(" ");
    expect(words).toContain(world.wording);

    await user.type(field("First name"), "Amina");
    await user.click(agrees());
    await user.keyboard("{Enter}");
    await said("Saved Amina");
    expect(vi.mocked(core.saveCapture).mock.calls[0]?.[1].answers).toEqual({ texts: true });
    expect(agrees().checked).toBe(false);
  });

  test("a failure says so and keeps everything typed", async () => {
    world.failures["saveCapture"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    await open();
    await user.type(field("First name"), "Amina{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(field("First name").value).toBe("Amina");
    expect(screen.queryByText(/^Saved/)).toBeNull();
  });

  test("what is wrong stands at its field, which gets the focus", async () => {
    await open();
    await user.type(field("Postcode"), "SW9 8EJ{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(field("First name")));
    expect(field("First name").getAttribute("aria-invalid")).toBe("true");
    expect(field("Postcode").value).toBe("SW9 8EJ");
  });
});

describe("the mobile", () => {
  test("is shown in its national format, with its kind and how to say it", async () => {
    await open();
    await user.type(field("Mobile"), "07700900123");
    expect(await screen.findByText("UK mobile")).toBeTruthy();
    expect(field("Mobile").value).toBe("07700 900123");
    expect(screen.getByText(/zero double seven/)).toBeTruthy();
  });

  test("is not rewritten while it is being deleted", async () => {
    await open();
    await user.type(field("Mobile"), "077009001234");
    await screen.findByText("UK mobile");
    await user.type(field("Mobile"), "{Backspace}");
    const left = field("Mobile").value;
    await waitFor(() => expect(vi.mocked(core.readMobile).mock.lastCall?.[0]).toBe(left));
    expect(field("Mobile").value).toBe(left);
  });

  test("a digit typed just before the field is left is not lost to the reading before it", async () => {
    await open();
    await user.type(field("Mobile"), "07700900123");
    await screen.findByText("UK mobile");
    await user.type(field("Mobile"), "4");
    await fireEvent.blur(field("Mobile"));
    expect(field("Mobile").value).toBe("07700 9001234");
  });

  test("already there: shown at once, and each choice saves at once", async () => {
    world.people = [aPerson(1, "waiting")];
    for (const [name, how] of [
      ["Same person", "same_person"],
      ["Shares the phone", "shares_phone"],
      ["Save anyway", "anyway"],
    ] as const) {
      const { unmount } = render(Capture, { practice: false, shown: true });
      await waitFor(() => expect(document.activeElement).toBe(field("First name")));
      await user.type(field("First name"), "Rhian");
      await user.type(field("Mobile"), "07700900101");
      expect(await screen.findByText("Rhys ap Gwilym")).toBeTruthy();
      await user.click(screen.getByRole("button", { name }));
      await said("Saved Rhian");
      expect(vi.mocked(core.saveCapture).mock.lastCall?.[2]?.how).toBe(how);
      unmount();
    }
  });

  test("already there: Enter asks instead of deciding, and held it still decides nothing", async () => {
    world.people = [aPerson(1, "waiting")];
    await open();
    await user.type(field("First name"), "Rhian");
    await user.type(field("Mobile"), "07700900101{Enter}");
    const same = await screen.findByRole("button", { name: "Same person" });
    await waitFor(() => expect(document.activeElement).toBe(same));
    await fireEvent.keyDown(same, { key: "Enter", repeat: true });
    expect(screen.queryByText(/^Saved/)).toBeNull();
    expect(field("First name").value).toBe("Rhian");
  });
});

describe("what is half typed", () => {
  test("is kept within a second of the last key", async () => {
    await open();
    await user.type(field("First name"), "Ami");
    await waitFor(() => expect(core.saveDraft).toHaveBeenCalled(), { timeout: 1000 });
    expect(vi.mocked(core.saveDraft).mock.lastCall?.[1].first_name).toBe("Ami");
  });

  test("is kept before the window locks, and when the window loses the focus", async () => {
    await open();
    await user.type(field("First name"), "Ami");
    await settle();
    expect(world.draft?.first_name).toBe("Ami");

    await user.type(field("First name"), "na");
    await fireEvent.blur(window);
    await waitFor(() => expect(world.draft?.first_name).toBe("Amina"));
  });

  test("is kept in the order in which it was typed, however slow the disk is", async () => {
    await open();
    let free = (): void => undefined;
    vi.mocked(core.saveDraft).mockImplementationOnce(
      () => new Promise((done) => (free = () => done(null))),
    );
    await user.type(field("First name"), "Ami");
    await fireEvent.blur(window);
    await user.type(field("First name"), "na");
    const settled = settle();
    expect(core.saveDraft).toHaveBeenCalledOnce();
    free();
    await settled;
    expect(vi.mocked(core.saveDraft).mock.lastCall?.[1].first_name).toBe("Amina");
  });

  test("stays in the form where it cannot be kept, and says so until it can", async () => {
    world.failures["saveDraft"] = { code: "disk_full", sentence: "The disk is full.", field: null };
    await open();
    await user.type(field("First name"), "Ami");
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    world.failures = {};
    await user.type(field("First name"), "na");
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(field("First name").value).toBe("Amina");
    expect(world.draft?.first_name).toBe("Amina");
  });

  test("comes back, with its box as it was ticked", async () => {
    world.draft = {
      first_name: "Amina",
      last_name: "",
      mobile: "",
      email: "",
      postcode: "",
      language: "en",
      answers: { texts: true },
      wordings: {},
    };
    await open();
    expect(field("First name").value).toBe("Amina");
    expect(agrees().checked).toBe(true);
  });
});

describe("Ctrl+Z", () => {
  test("undoes the last save in the empty form, and is the field's own where something is typed", async () => {
    await open();
    await user.type(field("First name"), "Amina{Enter}");
    await said("Saved Amina");
    await user.keyboard("B");
    await user.keyboard("{Control>}z{/Control}");
    expect(core.undo).not.toHaveBeenCalled();
    await user.clear(field("First name"));
    await waitFor(() => expect(undoButton().disabled).toBe(false));
    await user.click(undoButton());
    expect(await said("Undone Amina")).toBeTruthy();
    expect(core.undo).toHaveBeenCalledOnce();
  });

  test("says beforehand what it undoes, also where that is no save", async () => {
    await open();
    expect(undoButton().disabled).toBe(true);
    const [pair] = PAIRS();
    world.settled = pair ? [{ pair, called: "the merge of Amina Khan", name: "Amina Khan" }] : [];
    await user.type(field("First name"), "Rhys{Enter}");
    await said("Saved Rhys");
    const what = await screen.findByText(
      (_, element) => element?.textContent === "To undo next: the merge of Amina Khan.",
    );
    expect(undoButton().getAttribute("aria-describedby")).toBe(what.id);
    await user.click(undoButton());
    expect(await said("Undone Amina Khan")).toBeTruthy();
  });

  test("works straight after a save", async () => {
    await open();
    await user.type(field("First name"), "Amina{Enter}");
    await said("Saved Amina");
    await user.keyboard("{Control>}z{/Control}");
    expect(await said("Undone Amina")).toBeTruthy();
  });
});
