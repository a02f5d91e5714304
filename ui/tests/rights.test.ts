import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
let user: UserEvent;

listen();

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
});

describe("a person's page", () => {
  beforeEach(() => {
    SCENES["person"]?.(world);
    location.hash = "#/people/person-0";
  });

  test("says what they said, and gives a receipt with the wording as it was shown", async () => {
    render(App);
    expect(await screen.findByRole("heading", { name: "Amina Khan" })).toBeTruthy();
    expect(screen.getByText("Agreed to texts. Spoken to the canvasser.")).toBeTruthy();
    const receipts = screen.getAllByRole("button", { name: /Receipt/ });
    // Where no wording was shown there is nothing to prove.
    expect(receipts).toHaveLength(3);
    await user.click(receipts[1] as HTMLElement);
    const sheet = within(await screen.findByRole("dialog", { name: /^Receipt/ }));
    expect(sheet.getByText("Said no to a note of what they think.")).toBeTruthy();
    const shown = sheet.getByText(/^کیا Clean Air Now/);
    expect(shown.lang).toBe("ur");
    expect(shown.dir).toBe("rtl");
    const print = vi.spyOn(core, "print");
    await user.click(sheet.getByRole("button", { name: "Print or save as PDF" }));
    expect(print).toHaveBeenCalledOnce();
    world.failures["print"] = { code: "unexpected", sentence: "It cannot print.", field: null };
    await user.click(sheet.getByRole("button", { name: "Print or save as PDF" }));
    expect((await sheet.findByRole("alert")).textContent).toContain("It cannot print.");
  });

  test("gives everything held, to read and as JSON", async () => {
    render(App);
    await user.click(await button("Export everything held"));
    const held = await screen.findByLabelText<HTMLTextAreaElement>(
      "Everything held on this person",
    );
    expect(held.value).toContain("Mobile: +447700900100");
    await user.click(await button("JSON"));
    await waitFor(() => expect(JSON.parse(held.value)).toMatchObject({ first_name: "Amina" }));
  });

  test("is erased after a second question, and what remains is said", async () => {
    const erase = vi.spyOn(core, "erase");
    render(App);
    await user.click(await button("Erase"));
    expect((await screen.findByRole("alert")).textContent).toContain("This cannot be undone.");
    await user.click(await button("Leave it"));
    expect(erase).not.toHaveBeenCalled();
    await user.click(await button("Erase"));
    await user.click(await button("Erase for good"));
    expect(await screen.findByRole("heading", { name: "Erased" })).toBeTruthy();
    expect(screen.getByText(/^3 entries of the ledger stay as hashes/)).toBeTruthy();
    expect(screen.queryByText("Amina")).toBeNull();
  });

  describe("what they agree to", () => {
    const yeses = () => screen.findByRole("list", { name: "Agrees to" });

    test("is listed, with what their own text confirmed", async () => {
      render(App);
      const rows = within(await yeses()).getAllByRole("listitem");
      expect(rows.map(({ textContent }) => textContent)).toEqual([
        expect.stringMatching(/^Texts\s+Confirmed by their own text/),
        expect.stringMatching(/^Calls about volunteering\s+Withdraw/),
      ]);
    });

    test("is withdrawn after a second question, and what else they agree to stays", async () => {
      const withdraw = vi.spyOn(core, "withdraw");
      render(App);
      await user.click(await button("Withdraw: Texts"));
      const question = await screen.findByRole("alert");
      expect(question.textContent).toContain("Withdraw the yes to “Texts”?");
      expect(question.textContent).toContain("Only they can give it again.");
      await waitFor(async () => expect(document.activeElement).toBe(await button("Withdraw it")));
      expect(withdraw).not.toHaveBeenCalled();

      await user.dblClick(await button("Withdraw it"));
      const said = await screen.findByText("Withdrawn: “Texts”. It stands in the ledger.");
      expect(said.closest("[aria-live=polite]")).not.toBeNull();
      expect(withdraw).toHaveBeenCalledExactlyOnceWith("person-0", "texts");
      expect(screen.queryByRole("button", { name: "Withdraw it" })).toBeNull();
      await waitFor(() =>
        expect(screen.queryByRole("button", { name: "Withdraw: Texts" })).toBeNull(),
      );
      expect(within(await yeses()).getByText("Calls about volunteering")).toBeTruthy();

      await user.click(await button("Withdraw: Calls about volunteering"));
      await user.click(await button("Withdraw it"));
      await waitFor(() => expect(screen.queryByRole("list", { name: "Agrees to" })).toBeNull());
    });

    test("stays where the question is left", async () => {
      const withdraw = vi.spyOn(core, "withdraw");
      render(App);
      await user.click(await button("Withdraw: Calls about volunteering"));
      await screen.findByRole("alert");
      await user.click(await button("Leave it"));
      expect(screen.queryByRole("alert")).toBeNull();
      expect(withdraw).not.toHaveBeenCalled();
      expect(within(await yeses()).getAllByRole("listitem")).toHaveLength(2);
    });

    test("stays where it cannot be withdrawn, and why is said", async () => {
      world.failures["withdraw"] = {
        code: "disk_full",
        sentence: "The disk is full.",
        field: null,
      };
      render(App);
      await user.click(await button("Withdraw: Texts"));
      await user.click(await button("Withdraw it"));
      expect(await screen.findByText("The disk is full.")).toBeTruthy();
      expect(screen.queryByText(/^Withdrawn/)).toBeNull();
      expect(within(await yeses()).getAllByRole("listitem")).toHaveLength(2);
    });
  });

  test("opts the number out for whoever shares it", async () => {
    const optOut = vi.spyOn(core, "optOut");
    render(App);
    await user.click(await button("Opt out"));
    await user.click(await button("Opt the number out"));
    expect(optOut).toHaveBeenCalledExactlyOnceWith("+447700900100");
    expect(await screen.findByText("Opted out: nothing goes to this number.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Opt out" })).toBeNull();
  });

  test("is reached from People", async () => {
    location.hash = "#/people";
    render(App);
    await screen.findByRole("grid", { name: "People" });
    location.hash = "#/people/person-0";
    expect(await screen.findByRole("heading", { name: "Amina Khan" })).toBeTruthy();
    await user.click(screen.getByRole("link", { name: "Texts both ways" }));
    expect(await screen.findByRole("list", { name: "Texts both ways" })).toBeTruthy();
  });
});

describe("what will happen", () => {
  test("tells who gets a text, who waits and why, and who gets none", async () => {
    SCENES["forecast"]?.(world);
    location.hash = "#/texts";
    render(App);
    await user.click(await button("What will happen"));
    const forecast = within(await screen.findByRole("region", { name: "What will happen" }));
    expect(await forecast.findByText("5 go as soon as the gateway can be reached")).toBeTruthy();
    expect(forecast.getByText("8 wait")).toBeTruthy();
    expect(forecast.getByText(/Waits for 8am in London\./).textContent).toMatch(/^7/);
    expect(forecast.getByText("1 do not go")).toBeTruthy();
    expect(forecast.getByText(/This number is opted out/)).toBeTruthy();
  });
});

describe("the campaign's rules", () => {
  test("hours are chosen and kept", async () => {
    location.hash = "#/settings/hours";
    render(App);
    await user.selectOptions(await screen.findByLabelText("Not before"), "9:30am");
    await user.click(screen.getByRole("checkbox", { name: "Texts go on Sundays" }));
    await user.click(await button("Save hours"));
    await waitFor(() => expect(world.rules).toMatchObject({ from: 570, to: 1260, sundays: false }));
  });

  test("the ledger says whether it is whole, and which newest entry to write down", async () => {
    location.hash = "#/settings/ledger";
    render(App);
    await user.click(await button("Check the ledger"));
    expect(await screen.findByText("All 212 entries are as they were written.")).toBeTruthy();
    expect(screen.getByText(world.ledger.seal)).toBeTruthy();
  });

  test("the ledger is saved as a file, and where it is said", async () => {
    location.hash = "#/settings/ledger";
    render(App);
    await user.click(await button("Save the ledger"));
    const said = await screen.findByText(
      "Saved as /home/sam/Downloads/consent-ledger-2026-11-25-140509.jsonl.",
    );
    expect(said.closest("[aria-live=polite]")).not.toBeNull();
  });

  test("a ledger that cannot be saved says why, and not that it is", async () => {
    world.failures["saveLedger"] = {
      code: "disk_full",
      sentence: "The disk is full.",
      field: null,
    };
    location.hash = "#/settings/ledger";
    render(App);
    await user.click(await button("Save the ledger"));
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.queryByText(/^Saved/)).toBeNull();
  });

  test("a ledger that was changed says where", async () => {
    SCENES["ledger_broken"]?.(world);
    location.hash = "#/settings/ledger";
    render(App);
    await user.click(await button("Check the ledger"));
    expect(await screen.findByText(/^Entry 87 is the first/)).toBeTruthy();
    expect(screen.queryByText(/Write that down/)).toBeNull();
  });

  test("a wording that the law forbids says why and cannot be saved", async () => {
    location.hash = "#/settings/wording";
    render(App);
    const wording = await screen.findByLabelText<HTMLTextAreaElement>("Consent wording");
    await waitFor(() => expect(wording.value).toBe(world.wording));
    await user.clear(wording);
    await user.type(wording, "May we text you!!!");
    const findings = await screen.findByRole("list", { name: "What the law says" });
    await waitFor(() => expect(findings.textContent).toContain("does not say how to stop"));
    expect((await button("Save wording")).disabled).toBe(true);
    await user.click(within(findings).getByRole("button", { name: "Use “!”" }));
    expect(wording.value).toBe("May we text you!");
    await user.type(wording, " Reply STOP to stop.");
    await waitFor(async () => expect((await button("Save wording")).disabled).toBe(false));
    await user.click(await button("Save wording"));
    await waitFor(() => expect(world.wording).toBe("May we text you! Reply STOP to stop."));
  });
});
