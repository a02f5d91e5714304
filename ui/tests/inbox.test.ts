import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tell, world } from "../dev/pretend/bindings";
import { HOSTILE, INBOX } from "../dev/pretend/scenes-inbox";
import { aThread, theirs } from "../dev/pretend/threads";
import { CAMPAIGN } from "../dev/pretend/world";
import { core, listen } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

const AMINA = "+447700900100";
const PRIYA = "+447700900103";
const UNKNOWN = "+447700900177";
const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });
const threads = () => screen.findByRole("region", { name: "Inbox" });
const lines = () => screen.findByRole("list", { name: "Texts both ways" });
const answer = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Your answer" });
let user: UserEvent;

listen();

function open(from: string): void {
  location.hash = `#/inbox/${encodeURIComponent(from)}`;
  render(App);
}

beforeEach(() => {
  user = userEvent.setup();
  scene.current = null;
  world.threads = INBOX();
});

describe("the inbox", () => {
  test("shows threads, those to read first, and opens one", async () => {
    location.hash = "#/inbox";
    render(App);
    const links = await within(await threads()).findAllByRole("link");
    expect(links).toHaveLength(8);
    const unread = links.map((link) => link.classList.contains("unread"));
    expect(unread).toEqual([true, true, true, false, false, false, false, false]);
    expect(within(await threads()).getByText("3 need you")).toBeTruthy();

    await user.click(within(await threads()).getByRole("link", { name: /Amina Khan/ }));
    expect(await screen.findByRole("heading", { name: "Amina Khan" })).toBeTruthy();
    const both = within(await lines()).getAllByRole("listitem");
    expect(both[0]?.textContent).toContain("Asks them to confirm");
    expect(both[0]?.textContent).toContain("Delivered");
    expect(both[1]?.textContent).toContain("YES");
    expect(both[1]?.textContent).toContain("Confirmed: their consent is proved.");
  });

  test("a thread that is opened is read, and counts no longer", async () => {
    open(UNKNOWN);
    expect(await screen.findByRole("heading", { name: "07700 900177" })).toBeTruthy();
    expect(await within(await threads()).findByText("2 need you")).toBeTruthy();
    const link = screen.getByRole("link", { name: "Inbox" });
    const described = link.getAttribute("aria-describedby") ?? "";
    await waitFor(() => expect(document.getElementById(described)?.textContent).toBe("2 need you"));
  });

  test("what a phone texts meanwhile comes in", async () => {
    world.threads = [];
    location.hash = "#/inbox";
    render(App);
    expect(await screen.findByText("No texts from phones yet")).toBeTruthy();
    world.threads = [aThread(AMINA, ["Amina Khan"], [theirs("hi", "Hello?", "", 0)])];
    tell("inbox");
    expect(await within(await threads()).findByRole("link", { name: /Hello\?/ })).toBeTruthy();
  });

  test("says what went wrong where it cannot be read", async () => {
    world.failures["inbox"] = { code: "unexpected", sentence: "It cannot be read.", field: null };
    location.hash = "#/inbox";
    render(App);
    expect((await screen.findByRole("alert")).textContent).toContain("It cannot be read.");
  });
});

describe("a hostile text", () => {
  test("is shown as text and runs nothing", async () => {
    const alert = vi.spyOn(window, "alert").mockImplementation(() => undefined);
    open("+447700900166");
    const text = within(await lines()).getByText((_, element) => element?.textContent === HOSTILE);
    expect(text.children).toHaveLength(0);
    expect(text.dir).toBe("auto");
    const row = within(await threads()).getByText((_, element) => element?.textContent === HOSTILE);
    expect(row.children).toHaveLength(0);
    expect(row.dir).toBe("auto");
    expect(document.querySelector("img")).toBeNull();
    expect(alert).not.toHaveBeenCalled();
  });

  test("from a name with markup is shown as that name, and cannot be answered", async () => {
    open("<b>PRIZE</b>");
    const name = await screen.findByRole("heading", { name: "<b>PRIZE</b>" });
    expect(name.querySelector("b")).toBeNull();
    expect(screen.getByText("This sender has no number to answer to.")).toBeTruthy();
    expect(screen.queryByRole("textbox", { name: "Your answer" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Opt out" })).toBeNull();
  });
});

describe("a likely opt-out", () => {
  beforeEach(() => {
    vi.spyOn(core, "decide");
  });

  test("has to be decided before it can be answered; as an opt-out it closes the thread", async () => {
    open(PRIYA);
    const decide = await screen.findByRole("group", { name: "May be an opt-out" });
    expect(decide.textContent).toContain("Until you decide, no text goes to this number.");
    expect(screen.queryByRole("textbox", { name: "Your answer" })).toBeNull();

    await user.click(within(decide).getByRole("button", { name: "It is an opt-out" }));
    expect(core.decide).toHaveBeenCalledExactlyOnceWith("priya-likely", true);
    expect(
      await screen.findByText("Opted out by text. Only their own START opens the number again."),
    ).toBeTruthy();
    expect(screen.queryByRole("group", { name: "May be an opt-out" })).toBeNull();
    expect(screen.queryByRole("textbox", { name: "Your answer" })).toBeNull();
  });

  test("that is none can be answered", async () => {
    open(PRIYA);
    await user.click(await button("It is not"));
    expect(core.decide).toHaveBeenCalledExactlyOnceWith("priya-likely", false);
    expect(await answer()).toBeTruthy();
    const decided = within(await lines()).findByText(/You decided that this is no opt-out\./);
    expect(await decided).toBeTruthy();
  });

  const DECISIONS = [
    { press: "It is an opt-out", done: "Opted out. Nothing more goes to this number." },
    { press: "It is not", done: "What waited goes on." },
  ];

  test.for(DECISIONS)(
    "what was decided is announced, and stays said: $press",
    async ({ press, done }) => {
      open(PRIYA);
      await user.click(await button(press));
      expect((await screen.findByText(done)).closest("[aria-live=polite]")).not.toBeNull();
      tell("inbox");
      await waitFor(() => expect(screen.queryByRole("button", { name: press })).toBeNull());
      expect(screen.getByText(done).closest("[aria-live=polite]")).not.toBeNull();
    },
  );

  test.each(DECISIONS)(
    "after deciding by keyboard, the focus is on the thread's heading: $press",
    async ({ press, done }) => {
      open(PRIYA);
      (await button(press)).focus();
      await user.keyboard("{Enter}");
      await screen.findByText(done);
      await waitFor(() => expect(screen.queryByRole("button", { name: press })).toBeNull());
      const heading = screen.getByRole("heading", { name: "Priya Sharma" });
      await waitFor(() => expect(document.activeElement).toBe(heading));
    },
  );

  test("that somebody else decided on meanwhile says so", async () => {
    world.failures["decide"] = {
      code: "too_late",
      sentence: "Somebody has decided on this already.",
      field: null,
    };
    open(PRIYA);
    await user.click(await button("It is not"));
    expect((await screen.findByRole("alert")).textContent).toContain("decided on this already");
  });
});

describe("an answer by hand", () => {
  test("tells its cost before it goes, and what becomes of it after", async () => {
    const reply = vi.spyOn(core, "reply");
    world.connection.online = true;
    open(AMINA);
    await user.type(await answer(), "Thank you!");
    expect(await screen.findByText("1 segment")).toBeTruthy();
    await user.clear(await answer());
    await user.click(await answer());
    await user.paste("Long. ".repeat(40));
    expect(await screen.findByText("2 segments")).toBeTruthy();

    await user.click(await button("Reply"));
    expect(reply).toHaveBeenCalledExactlyOnceWith(AMINA, "Long. ".repeat(40));
    expect(await screen.findByText("It goes as soon as it can.")).toBeTruthy();
    expect((await answer()).value).toBe("");
    expect(screen.queryByText("2 segments")).toBeNull();
    const ours = within(await lines());
    await waitFor(() =>
      expect(ours.getAllByRole("listitem").at(-1)?.textContent).toContain("Waiting"),
    );
  });

  test("that is refused stands at its field and stays typed", async () => {
    world.failures["reply"] = {
      code: "invalid",
      sentence: "This number is opted out: nothing can be sent to it.",
      field: "reply",
    };
    open(AMINA);
    await user.type(await answer(), "Thank you!");
    await user.click(await button("Reply"));
    expect((await screen.findByRole("alert")).textContent).toContain("is opted out");
    expect((await answer()).value).toBe("Thank you!");
  });
});

describe("opting a number out by hand", () => {
  test("is asked once more, can be left, and closes the thread", async () => {
    const optOut = vi.spyOn(core, "optOut");
    open(AMINA);
    await user.click(await button("Opt out"));
    expect(await screen.findByText("Nothing more will go to this number.")).toBeTruthy();
    await user.click(await button("Leave it"));
    expect(optOut).not.toHaveBeenCalled();
    await user.click(await button("Opt out"));
    await waitFor(() => expect(document.activeElement?.id).toBe("opt-out-sure"));
    await user.keyboard("{Enter}");
    expect(optOut).toHaveBeenCalledExactlyOnceWith(AMINA);
    expect(await screen.findByText(/^Opted out by the organiser\./)).toBeTruthy();
  });
});

describe("the drawn phone", () => {
  const text = () =>
    screen.findByRole<HTMLInputElement>("textbox", { name: "Text from the phone" });

  beforeEach(() => {
    world.scene = { at: "open", campaign: { ...CAMPAIGN, practice: true } };
    world.threads = [];
    world.phone = [
      ["Amina Khan", AMINA],
      ["Tom Hill", "+447700900104"],
    ].map(([to = "", number = ""], index) => ({
      id: `phone-${index}`,
      to,
      body: "Reply YES to confirm.",
      at: new Date().toISOString(),
      segments: 1,
      number,
      from_the_phone: false,
    }));
    location.hash = "#/texts";
    vi.spyOn(core, "phoneSays");
  });

  test("answers from the phone texted last, and says what came of it", async () => {
    render(App);
    await user.type(await text(), "yes{Enter}");
    expect(core.phoneSays).toHaveBeenCalledExactlyOnceWith("+447700900104", "yes");
    const said = await screen.findByText("Confirmed: their consent is proved.");
    expect(said.closest("[aria-live=polite]")).not.toBeNull();
    expect((await text()).value).toBe("");
    const screenOf = screen.getByRole("list", { name: "Texts on the practice phone" });
    expect(await within(screenOf).findByText("yes")).toBeTruthy();
  });

  test("answers from whichever phone is chosen, and the text is in Inbox", async () => {
    render(App);
    await user.selectOptions(await screen.findByLabelText("Whose phone"), "Amina Khan");
    await user.type(await text(), "please take me off this");
    await user.click(await button("Send from the phone"));
    expect(core.phoneSays).toHaveBeenCalledExactlyOnceWith(AMINA, "please take me off this");
    expect(await screen.findByText(/^May be an opt-out:/)).toBeTruthy();

    await user.click(screen.getByRole("link", { name: "Inbox" }));
    expect(await within(await threads()).findByRole("link", { name: /take me off/ })).toBeTruthy();
  });

  test("says why nothing was sent where nothing was typed", async () => {
    render(App);
    await text();
    await user.click(await button("Send from the phone"));
    expect(await screen.findByText("Type what the phone is to say.")).toBeTruthy();
  });

  test("that was never texted has no box to answer in", async () => {
    world.phone = [];
    render(App);
    expect(await screen.findByText("No texts yet. They arrive here.")).toBeTruthy();
    expect(screen.queryByRole("textbox", { name: "Text from the phone" })).toBeNull();
  });
});
