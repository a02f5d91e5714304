import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const list = async (name: string) => within(await screen.findByRole("list", { name }));
let user: UserEvent;

listen();

async function open(page: string): Promise<void> {
  // The page is told of each change of the address afterwards: of all of them before anything is chosen on it.
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

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
});

describe("what is asked", () => {
  test("what comes ready cannot be retired", async () => {
    await open("purposes");
    const asked = await list("What is asked");
    expect(asked.getAllByText("Comes with Placard")).toHaveLength(2);
    expect(asked.queryByRole("button")).toBeNull();
  });

  test("a purpose is added, announced, and the form is ready for the next", async () => {
    await open("purposes");
    await user.selectOptions(await field("Channel"), "Calls");
    await user.type(await field("What about"), "volunteering");
    await user.click(await button("Add purpose"));
    expect(
      await screen.findByText(/^“Calls about volunteering” is asked from now on/),
    ).toBeTruthy();
    const asked = await list("What is asked");
    await waitFor(() => expect(asked.getByText("Calls about volunteering")).toBeTruthy());
    expect((await field("What about")).value).toBe("");
    expect(document.activeElement).toBe(await field("What about"));
  });

  test("a purpose is said to be asked as long as it is", async () => {
    await open("purposes");
    await user.type(await field("What about"), "volunteering{Enter}");
    await screen.findByText(/is asked from now on/);
    world.purposes = world.purposes.map((row) =>
      row.added_at === null ? row : { ...row, retired_at: "2026-11-25T14:05:09Z" },
    );
    tell("campaign");
    await waitFor(() => expect(screen.queryByText(/is asked from now on/)).toBeNull());
  });

  test("what cannot be asked says so at its field", async () => {
    SCENES["purposes"]?.(world);
    await open("purposes");
    const about = await field("What about");
    await user.type(about, "volunteering{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("“Calls about volunteering” is asked already.");
    expect(about.getAttribute("aria-invalid")).toBe("true");
    expect(about.value).toBe("volunteering");
  });

  test("one too many says so below the form", async () => {
    world.failures["addPurpose"] = {
      code: "invalid",
      sentence: "8 things are asked already.",
      field: "purpose",
    };
    await open("purposes");
    await user.type(await field("What about"), "volunteering{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("8 things");
    expect((await field("What about")).getAttribute("aria-invalid")).toBeNull();
  });

  test("a purpose is retired and taken up again with the same button", async () => {
    SCENES["purposes"]?.(world);
    await open("purposes");
    await user.click(await button("Retire: Calls about volunteering"));
    expect(await screen.findByText(/is asked no more. What people said/)).toBeTruthy();
    const again = await button("Take up again: Calls about volunteering");
    expect(document.activeElement).toBe(again);
    expect((await core.startCapture()).asks.map(({ name }) => name)).not.toContain(
      "Calls about volunteering",
    );
    await user.click(again);
    expect(await screen.findByText(/is asked again/)).toBeTruthy();
    expect(await button("Retire: Calls about volunteering")).toBeTruthy();
  });
});

describe("languages", () => {
  test("one is added, announced, and the form is ready for the next", async () => {
    await open("purposes");
    await user.type(await field("Language name"), "فارسی");
    await user.type(await field("Language code"), "fa");
    await user.click(await field("Written from right to left"));
    await user.click(await button("Add language"));
    expect(await screen.findByText(/^“فارسی” is there/)).toBeTruthy();
    expect(world.languages.at(-1)).toMatchObject({ tag: "fa", rtl: true });
    expect((await field("Language name")).value).toBe("");
    expect((await field("Written from right to left")).checked).toBe(false);
    expect(document.activeElement).toBe(await field("Language name"));
    const spoken = await list("Languages");
    await waitFor(() => expect(spoken.getByText("فارسی")).toBeTruthy());
  });

  test("one is said to be there as long as it is", async () => {
    await open("purposes");
    await user.type(await field("Language name"), "Français");
    await user.type(await field("Language code"), "fr{Enter}");
    await screen.findByText(/^“Français” is there/);
    world.languages = world.languages.filter(({ tag }) => tag !== "fr");
    tell("campaign");
    await waitFor(() => expect(screen.queryByText(/^“Français” is there/)).toBeNull());
  });

  test("a code that is there says so at its field, and has the focus", async () => {
    await open("purposes");
    await user.type(await field("Language name"), "Welsh");
    await user.type(await field("Language code"), "cy{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("“cy” is there already");
    expect(document.activeElement).toBe(await field("Language code"));
    expect((await field("Language name")).value).toBe("Welsh");
  });
});

describe("the words of an added language", () => {
  test("are the English ones until they are translated", async () => {
    SCENES["purposes"]?.(world);
    await open("wording");
    await user.selectOptions(await field("In which language"), "Français");
    expect(await screen.findByText(/There are no words in/)).toBeTruthy();
    const wording = await screen.findByLabelText<HTMLTextAreaElement>("Consent wording");
    expect(wording.value).toBe(world.wording);
    expect(wording.lang).toBe("en");
    expect(screen.queryByText(/^Version/)).toBeNull();
    expect((await button("Save wording")).disabled).toBe(true);
    await user.clear(wording);
    await user.type(wording, "Clean Air Now : SMS ? STOP");
    expect(wording.lang).toBe("fr");
    await user.click(await button("Save wording"));
    expect(await screen.findByText(/^Saved as version/)).toBeTruthy();
    expect(screen.queryByText(/There are no words in/)).toBeNull();
  });

  test("so is the confirmation text", async () => {
    SCENES["purposes"]?.(world);
    await open("templates");
    await user.selectOptions(await field("In which language"), "Français");
    expect(await screen.findByText(/There are no words in/)).toBeTruthy();
  });

  test("every purpose that is asked has a wording, and no other", async () => {
    SCENES["purposes"]?.(world);
    await open("wording");
    const purpose = await screen.findByLabelText<HTMLSelectElement>("Purpose");
    const names = [...purpose.options].map(({ text }) => text);
    expect(names).toContain("Letters about petitions");
    expect(names).not.toContain("Letters about the spring fair");
  });
});
