import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const area = (name: string) => screen.findByLabelText<HTMLTextAreaElement>(name);
const choice = (name: string) => screen.findByLabelText<HTMLSelectElement>(name);
const chosen = async (name: string) => (await choice(name)).selectedOptions[0]?.text;
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
});

async function open(page: string): Promise<void> {
  // The page is told of each change of the address afterwards: of all of them before anything is done on it.
  const moved = new Promise<void>((done) => {
    const hear = ({ newURL }: HashChangeEvent): void => {
      if (!newURL.endsWith(`#/settings/${page}`)) return;
      window.removeEventListener("hashchange", hear);
      done();
    };
    window.addEventListener("hashchange", hear);
  });
  location.hash = `#/settings/${page}`;
  await moved;
  render(App);
  await screen.findByRole("navigation", { name: "Settings pages" });
}

describe("what is set in Settings", () => {
  const PAGES = [
    {
      page: "wording",
      words: "Consent wording",
      save: "Save wording",
      called: "the wording for texts, in English",
      version: "Version 4",
    },
    {
      page: "templates",
      words: "Confirmation text",
      save: "Save text",
      called: "the confirmation text, in English",
      version: "Version 5",
    },
  ] as const;

  test.for(PAGES)(
    "is named, undone by key, and shown as it stands: $words",
    async ({ page, words, save, called, version }) => {
      await open(page);
      const former = (await area(words)).value;
      await user.type(await area(words), " More.");
      await user.click(await button(save));
      expect(await screen.findByText(/^Saved as version/)).toBeTruthy();
      const undo = await button("Undo");
      expect(undo.title).toBe(`Undo ${called} (Ctrl+Z)`);

      await user.keyboard("{Control>}z{/Control}");
      expect(await screen.findByText(`Undone: ${called}.`)).toBeTruthy();
      await waitFor(async () => expect((await area(words)).value).toBe(former));
      expect(await screen.findByText(version)).toBeTruthy();
      // It is no longer what was saved.
      expect(screen.queryByText(/^Saved as version/)).toBeNull();
      await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
    },
  );

  test("leaves the words their own Undo while one is among them", async () => {
    await open("wording");
    await user.type(await area("Consent wording"), " More.");
    await user.click(await button("Save wording"));
    await button("Undo");
    const undo = vi.spyOn(core, "undo");
    await user.click(await area("Consent wording"));
    await user.keyboard("{Control>}z{/Control}{Control>}{Shift>}z{/Shift}{/Control}");
    expect(undo).not.toHaveBeenCalled();
  });

  test("does not come over what is typed just then", async () => {
    await open("wording");
    const kept = (await area("Consent wording")).value;
    await user.type(await area("Consent wording"), " STOP!!!");
    world.wording = "Other words. Reply STOP.";
    world.saves["texts en"] = 1;
    tell("campaign");
    expect(await screen.findByText("Version 3")).toBeTruthy();
    expect((await area("Consent wording")).value).toBe(`${kept} STOP!!!`);
    // What is said of the words is said of these.
    expect(await screen.findByText(/looks like spam/)).toBeTruthy();
    expect((await button("Save wording")).disabled).toBe(false);
  });

  test("is said to be done as long as it stands", async () => {
    SCENES["purposes"]?.(world);
    await open("purposes");
    await user.click(await button("Retire: Calls about volunteering"));
    expect(await screen.findByText(/is asked no more\. What people said/)).toBeTruthy();
    const again = world.purposes.map((row) => ({ ...row, retired_at: null }));
    world.purposes = again;
    tell("campaign");
    await button("Retire: Calls about volunteering");
    await waitFor(() => expect(screen.queryByText(/is asked no more\. What people/)).toBeNull());
  });

  test("is chosen anew around what is chosen just then", async () => {
    await open("hours");
    await user.selectOptions(await choice("Not before"), "10am");
    world.rules = { ...world.rules, reminder_after: 3, contact: "data@cleanair.example" };
    tell("campaign");
    await waitFor(async () => expect(await chosen("One reminder")).toBe("After 3 days"));
    expect(await chosen("Not before")).toBe("10am");
    await user.click(await button("Save hours"));
    await waitFor(() => expect(world.rules.from).toBe(600));
    expect(world.rules).toMatchObject({ reminder_after: 3, contact: "data@cleanair.example" });
    expect((await button("Save hours")).disabled).toBe(true);
  });

  test("is told: before, after, who, when and whether Undo did it", async () => {
    SCENES["changed"]?.(world);
    await open("changed");
    const list = await screen.findByRole("list", { name: "What was changed" });
    const rows = within(list).getAllByRole("listitem");
    expect(rows).toHaveLength(world.changed.length);
    const [first, , hours] = rows.map(({ textContent }) =>
      (textContent ?? "").replaceAll(/\s+/g, " "),
    );
    expect(first).toMatch(/^The wording for texts, in English .*By Undo\. By Sam\./);
    expect(hours).toContain("Before 8am to 9pm, on Sundays");
    expect(hours).toContain("After 10am to 8pm, not on Sundays");
    expect(within(list).getAllByRole("time")).toHaveLength(rows.length);
  });

  test("is nothing yet in a new campaign", async () => {
    await open("changed");
    expect(await screen.findByText("Nothing yet.")).toBeTruthy();
    world.changed = [];
    SCENES["changed"]?.(world);
    tell("campaign");
    expect(await screen.findByRole("list", { name: "What was changed" })).toBeTruthy();
  });
});
