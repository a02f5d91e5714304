import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
});

describe("gateways that were used before", () => {
  const formers = () => screen.findByRole("list", { name: "Still listened to" });

  beforeEach(() => {
    location.hash = "#/settings";
    world.formers = [
      { id: "former-1", name: "Twilio, 07700 900199", until: "2027-02-24T14:05:09Z" },
      { id: "former-2", name: "Kannel, 07700 900188", until: "2027-01-02T09:00:00Z" },
    ];
  });

  test("are not spoken of where there are none", async () => {
    world.formers = [];
    const read = vi.spyOn(core, "formerGateways");
    render(App);
    await button("Save gateway");
    await waitFor(() => expect(read).toHaveBeenCalled());
    expect(screen.queryByText("Still listened to")).toBeNull();
  });

  test("are listed with the day until which they are listened to", async () => {
    render(App);
    const rows = within(await formers()).getAllByRole("listitem");
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Twilio, 07700 900199\s+until 24 Feb(ruary)? 2027/),
      expect.stringMatching(/^Kannel, 07700 900188\s+until 2 Jan(uary)? 2027/),
    ]);
  });

  test("are listened to until that is stopped, one without the other", async () => {
    const stop = vi.spyOn(core, "stopListening");
    render(App);
    await user.click(await button("Stop listening: Twilio, 07700 900199"));
    const said = await screen.findByText(
      "Twilio, 07700 900199 is no longer listened to: its settings are deleted.",
    );
    expect(said.closest("[aria-live=polite]")).not.toBeNull();
    expect(stop).toHaveBeenCalledExactlyOnceWith("former-1");
    await waitFor(async () =>
      expect(within(await formers()).getAllByRole("listitem")).toHaveLength(1),
    );
    expect(within(await formers()).getByText("Kannel, 07700 900188")).toBeTruthy();

    await user.click(await button("Stop listening: Kannel, 07700 900188"));
    // What was done is still said where nothing is left to list.
    expect(await screen.findByText(/^Kannel, 07700 900188 is no longer listened to/)).toBeTruthy();
    await waitFor(() => expect(screen.queryByText("Still listened to")).toBeNull());
  });

  test("are listened to on where that cannot be stopped, and why is said", async () => {
    world.failures["stopListening"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    render(App);
    await user.click(await button("Stop listening: Twilio, 07700 900199"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText(/listened to no longer/)).toBeNull();
    expect(within(await formers()).getAllByRole("listitem")).toHaveLength(2);
  });
});

describe("the PIN of the flip screen", () => {
  const DONE = "The PIN is changed. The old one no longer works.";

  beforeEach(() => {
    location.hash = "#/settings/passphrase";
    world.pin = "2468";
    vi.spyOn(core, "setPin");
  });

  async function choose(pin: string, again: string): Promise<void> {
    for (const [name, value] of [
      ["PIN", pin],
      ["Repeat PIN", again],
    ] as const) {
      await user.clear(await field(name));
      await user.type(await field(name), value);
    }
    await user.click(await button("Change PIN"));
  }

  test("that is not repeated alike is not kept, and says so where it is repeated", async () => {
    render(App);
    await choose("1357", "1375");
    expect((await screen.findByRole("alert")).textContent).toContain("The two differ.");
    expect((await field("Repeat PIN")).getAttribute("aria-invalid")).toBe("true");
    expect(core.setPin).not.toHaveBeenCalled();
    expect(world.pin).toBe("2468");
    expect(screen.queryByText(DONE)).toBeNull();
  });

  test("that is too short is not kept, and says why at its field", async () => {
    render(App);
    await choose("135", "135");
    expect((await screen.findByRole("alert")).textContent).toContain("four to eight digits");
    expect((await field("PIN")).getAttribute("aria-invalid")).toBe("true");
    expect(world.pin).toBe("2468");
    expect(screen.queryByText(DONE)).toBeNull();
  });

  test("is changed, announced, and stands in no field afterwards", async () => {
    render(App);
    await choose("1357", "1375");
    await choose("1357", "1357");
    expect((await screen.findByText(DONE)).closest("[aria-live=polite]")).not.toBeNull();
    expect(world.pin).toBe("1357");
    expect(screen.queryByRole("alert")).toBeNull();
    expect((await field("PIN")).value).toBe("");
    expect((await field("Repeat PIN")).value).toBe("");
  });

  test("that is refused after a change is not said to be changed", async () => {
    render(App);
    await choose("1357", "1357");
    await screen.findByText(DONE);
    await choose("135", "135");
    await screen.findByRole("alert");
    expect(screen.queryByText(DONE)).toBeNull();
  });

  test("asks nothing of the passphrase beside it", async () => {
    const change = vi.spyOn(core, "changePassphrase");
    render(App);
    await choose("1357", "1357{Enter}");
    await screen.findByText(DONE);
    expect(change).not.toHaveBeenCalled();
  });
});
