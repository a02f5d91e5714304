/**
 * Takes a picture of every screen over the pretend core, at both window sizes, and runs axe-core on each.
 * Usage: node dev/shots.mjs <folder of the built pretend pages> <folder for the pictures> [only names that contain] [themes]
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";
import { IN_AND_OUT } from "./shots-in-and-out.mjs";

const [pages, pictures = path.join(pages, "pictures"), only] = process.argv.slice(2);
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};
const POLICY = "default-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'";

const server = createServer(async (request, response) => {
  const name = new URL(request.url, "http://x").pathname;
  if (name === "/favicon.ico") {
    response.writeHead(204).end();
    return;
  }
  try {
    const file = await readFile(path.join(pages, name === "/" ? "index.html" : name));
    response.writeHead(200, {
      "content-type": TYPES[path.extname(name)] ?? "text/html",
      "content-security-policy": POLICY,
    });
    response.end(file);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0);
const origin = `http://127.0.0.1:${server.address().port}`;

const type = (page, label, text) => page.getByLabel(label, { exact: true }).fill(text);
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
async function person(page) {
  await type(page, "First name", "Amina");
  await type(page, "Last name", "Khan");
  await page.getByLabel("Mobile", { exact: true }).pressSequentially("07700900123");
  await page.waitForTimeout(150);
}

const SHOTS = [
  ["first-run", "first_run", ""],
  ["set-up", "first_run", "", (page) => press(page, "Set up a campaign")],
  [
    "set-up-typed",
    "first_run",
    "",
    async (page) => {
      await press(page, "Set up a campaign");
      await type(page, "Campaign name", "Clean Air Now");
      await type(page, "Passphrase", "correct horse battery");
      await type(page, "Repeat passphrase", "correct horse");
      await page.waitForTimeout(150);
      await press(page, "Create campaign");
    },
  ],
  [
    "recovery-code",
    "first_run",
    "",
    async (page) => {
      await press(page, "Set up a campaign");
      await press(page, "Create campaign");
    },
  ],
  ["unlock", "locked", ""],
  [
    "unlock-wrong",
    "locked",
    "",
    async (page) => {
      await type(page, "Passphrase", "wrong");
      await press(page, "Unlock");
    },
  ],
  ["recover", "locked", "", (page) => press(page, "Use the recovery code")],
  ["damaged", "damaged", ""],
  ["shift", "shift", ""],
  ["capture-empty", "", ""],
  ["capture-few", "few", ""],
  ["capture-typed", "few", "", person],
  ["capture-landline", "few", "", (page) => type(page, "Mobile", "02079460123")],
  [
    "capture-same",
    "few",
    "",
    async (page) => {
      await person(page);
      await type(page, "Mobile", "07700900101");
      await page.waitForTimeout(150);
      await page.getByLabel("Mobile", { exact: true }).press("Enter");
    },
  ],
  [
    "capture-saved",
    "few",
    "",
    async (page) => {
      await person(page);
      await page.getByLabel("Agrees to texts", { exact: true }).click();
      await press(page, "Save");
    },
  ],
  [
    "capture-invalid",
    "few",
    "",
    async (page) => {
      await type(page, "Email", "amina@example.org");
      await press(page, "Save");
    },
  ],
  [
    "capture-broken",
    "broken",
    "",
    async (page) => {
      await person(page);
      await press(page, "Save");
    },
  ],
  ["capture-restored", "half_filled", ""],
  [
    "capture-said-no",
    "few",
    "",
    async (page) => {
      await person(page);
      await press(page, "Said no: Agrees to texts");
      await page.getByLabel("Keeps what I think", { exact: true }).click();
    },
  ],
  [
    "capture-urdu",
    "few",
    "",
    async (page) => {
      await person(page);
      await page.getByLabel("Language", { exact: true }).selectOption("ur");
    },
  ],
  [
    "capture-own-phone",
    "few",
    "",
    (page) =>
      page
        .getByRole("button", { name: /^Own phone/ })
        .first()
        .click(),
  ],
  ["capture-practice", "practice", ""],
  [
    "capture-practice-same",
    "practice",
    "",
    async (page) => {
      await person(page);
      await type(page, "Mobile", "07700900101");
      await page.waitForTimeout(150);
    },
  ],
  ["capture-practice-phone", "practice", "", (page) => press(page, "Phone")],
  ["capture-long-wording", "long_wording", "", person],
  ["capture-american", "american", "", person],
  ["capture-names", "names", ""],
  [
    "capture-names-saved",
    "names",
    "",
    async (page) => {
      await type(page, "First name", "محمد عبد الرحمن");
      await type(page, "Last name", "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh");
      await press(page, "Save");
    },
  ],
  [
    "capture-practice-invalid",
    "practice",
    "",
    async (page) => {
      await type(page, "Mobile", "020 7946 0123");
      await page.waitForTimeout(150);
      await press(page, "Save");
    },
  ],
  ["capture-many", "many", ""],
  [
    "capture-shift-change",
    "few",
    "",
    (page) => page.getByRole("button", { name: /change the shift/ }).click(),
  ],
  ["keys", "few", "", (page) => page.keyboard.press("F1")],
  ["people-empty", "", "#/people"],
  ["people-few", "every_state", "#/people"],
  ["people-names", "names", "#/people"],
  ["people-many", "many", "#/people"],
  ["people-thousand", "thousand", "#/people"],
  ["people-million", "million", "#/people"],
  [
    "people-million-scrolled",
    "million",
    "#/people",
    async (page) => {
      await page.getByRole("grid").evaluate((list) => list.scrollTo(0, 2_000_000));
      await page.waitForTimeout(200);
    },
  ],
  [
    "people-million-end",
    "million",
    "#/people",
    async (page) => {
      await page.getByRole("grid").getByRole("row").nth(1).focus();
      await page.keyboard.press("End");
      await page.waitForTimeout(200);
    },
  ],
  [
    "people-found",
    "thousand",
    "#/people",
    async (page) => {
      await type(page, "Search people", "wojcik ami");
      await page.getByLabel("Search people", { exact: true }).press("ArrowDown");
      await page.keyboard.press("ArrowDown");
    },
  ],
  ["people-near", "near", "#/people", (page) => type(page, "Search people", "pugh")],
  ["people-nobody", "thousand", "#/people", (page) => type(page, "Search people", "zzz")],
  ["people-filters", "thousand", "#/people", (page) => press(page, "Filters")],
  [
    "people-filtered",
    "thousand",
    "#/people",
    async (page) => {
      await press(page, "Filters");
      await page.getByLabel("Consent", { exact: true }).selectOption("confirmed");
      await page.getByLabel("Captured by", { exact: true }).selectOption("Sam");
      await type(page, "Captured from", "32/1/2026");
      await page.getByLabel("Language", { exact: true }).selectOption("cy");
    },
  ],
  [
    "people-filter-named",
    "thousand",
    "#/people",
    async (page) => {
      await press(page, "Filters");
      await press(page, "To ring on Monday");
      await press(page, "Save filter");
    },
  ],
  ["people-columns", "thousand", "#/people", (page) => press(page, "Columns")],
  [
    "people-correcting",
    "every_state",
    "#/people",
    (page) => page.getByRole("button", { name: /^Needs correcting/ }).click(),
  ],
  ["duplicates", "thousand", "#/people/duplicates"],
  [
    "duplicates-opted-out",
    "thousand",
    "#/people/duplicates",
    async (page) => {
      await page.keyboard.press("Alt+s");
      await page.waitForTimeout(100);
      await page.getByRole("radio").nth(1).click();
    },
  ],
  [
    "duplicates-long",
    "thousand",
    "#/people/duplicates",
    async (page) => {
      await page.keyboard.press("Alt+s");
      await page.waitForTimeout(100);
      await page.keyboard.press("Alt+s");
    },
  ],
  ["duplicates-merged", "thousand", "#/people/duplicates", (page) => press(page, "Merge")],
  ["duplicates-none", "few", "#/people/duplicates"],
  ["duplicates-never-looked", "never_looked", "#/people/duplicates"],
  ["duplicates-looking", "looking", "#/people/duplicates"],
  ["people-broken", "broken", "#/people"],
  ["person", "person", "#/people/person-0"],
  [
    "person-receipt",
    "person",
    "#/people/person-0",
    (page) => page.getByRole("button", { name: "Receipt" }).nth(2).click(),
  ],
  [
    "person-receipt-urdu",
    "person",
    "#/people/person-0",
    (page) => page.getByRole("button", { name: "Receipt" }).nth(1).click(),
  ],
  ["person-edit", "person", "#/people/person-0", (page) => press(page, "Edit")],
  [
    "person-household",
    "person",
    "#/people/person-0",
    async (page) => {
      await press(page, "Edit");
      await type(page, "Household", "rhys");
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
    },
  ],
  ["person-undone", "person", "#/people/person-0", (page) => press(page, "Undo")],
  ["person-held", "person", "#/people/person-0", (page) => press(page, "Export everything held")],
  ["person-erase", "person", "#/people/person-0", (page) => press(page, "Erase")],
  [
    "person-erased",
    "person",
    "#/people/person-0",
    async (page) => {
      await press(page, "Erase");
      await press(page, "Erase for good");
    },
  ],
  ["person-gone", "", "#/people/person-0"],
  ["texts-empty", "", "#/texts"],
  ["texts-every-state", "every_state", "#/texts"],
  [
    "texts-uncertain",
    "every_state",
    "#/texts",
    async (page) => {
      await press(page, "Try again");
      await press(page, "What the gateway said");
    },
  ],
  ["texts-put-back", "put_back", "#/texts"],
  ["texts-release", "put_back", "#/texts", (page) => press(page, "Release all 4")],
  ["texts-names", "names", "#/texts"],
  ["texts-waiting", "waiting", "#/texts"],
  ["texts-practice", "practice", "#/texts"],
  ["texts-many", "many", "#/texts"],
  ["texts-broken", "broken", "#/texts"],
  ["texts-forecast", "forecast", "#/texts", (page) => press(page, "What will happen")],
  [
    "texts-phone-reply",
    "practice",
    "#/texts",
    async (page) => {
      await type(page, "Text from the phone", "yes");
      await press(page, "Send from the phone");
    },
  ],
  ["inbox-empty", "inbox_empty", "#/inbox"],
  ["inbox", "inbox", "#/inbox"],
  ["inbox-confirmed", "inbox", "#/inbox/%2B447700900100"],
  ["inbox-opted-out", "inbox", "#/inbox/%2B447700900104"],
  ["inbox-undecided", "inbox", "#/inbox/%2B447700900103"],
  ["inbox-decided", "inbox", "#/inbox/%2B447700900103", (page) => press(page, "It is not")],
  ["inbox-unknown", "inbox", "#/inbox/%2B447700900177"],
  ["inbox-long", "inbox", "#/inbox/%2B447700900105"],
  ["inbox-urdu", "inbox", "#/inbox/%2B447700900107"],
  ["inbox-hostile", "inbox", "#/inbox/%2B447700900166"],
  ["inbox-hostile-sender", "inbox", "#/inbox/%3Cb%3EPRIZE%3C%2Fb%3E"],
  [
    "inbox-answer",
    "inbox",
    "#/inbox/%2B447700900177",
    (page) =>
      type(
        page,
        "Your answer",
        "This is Sam from Clean Air Now. You gave us your number at Brixton tube.",
      ),
  ],
  [
    "inbox-answered",
    "inbox",
    "#/inbox/%2B447700900177",
    async (page) => {
      await type(page, "Your answer", "This is Sam from Clean Air Now.");
      await press(page, "Reply");
    },
  ],
  ["inbox-opt-out", "inbox", "#/inbox/%2B447700900177", (page) => press(page, "Opt out")],
  ...IN_AND_OUT,
  ["settings-practice", "few", "#/settings"],
  [
    "settings-twilio",
    "few",
    "#/settings",
    (page) => page.getByLabel("Gateway", { exact: true }).selectOption("twilio"),
  ],
  [
    "settings-twilio-wrong",
    "few",
    "#/settings",
    async (page) => {
      await page.getByLabel("Gateway", { exact: true }).selectOption("twilio");
      await press(page, "Save gateway");
    },
  ],
  [
    "settings-kannel",
    "few",
    "#/settings",
    async (page) => {
      await page.getByLabel("Gateway", { exact: true }).selectOption("kannel");
      await type(page, "Password", "secret");
      await press(page, "Save gateway");
      await press(page, "Send a test text");
    },
  ],
  [
    "settings-pocket",
    "few",
    "#/settings",
    (page) => page.getByLabel("Gateway", { exact: true }).selectOption("pocket"),
  ],
  ["settings-confirmation", "few", "#/settings/templates"],
  [
    "settings-confirmation-curly",
    "few",
    "#/settings/templates",
    (page) => type(page, "Confirmation text", "Hi {first_name}, you’re in! {campaign}"),
  ],
  ["settings-wording", "few", "#/settings/wording"],
  [
    "settings-wording-findings",
    "few",
    "#/settings/wording",
    (page) => type(page, "Consent wording", "May Clean Air Now send you texts!!! Yes or no?"),
  ],
  [
    "settings-wording-urdu",
    "few",
    "#/settings/wording",
    (page) => page.getByLabel("In which language", { exact: true }).selectOption("ur"),
  ],
  ["settings-purposes", "purposes", "#/settings/purposes"],
  ["capture-many-purposes", "purposes", ""],
  ["settings-hours", "few", "#/settings/hours"],
  ["settings-ledger", "few", "#/settings/ledger", (page) => press(page, "Check the ledger")],
  [
    "settings-ledger-broken",
    "ledger_broken",
    "#/settings/ledger",
    (page) => press(page, "Check the ledger"),
  ],
  ["settings-changed", "changed", "#/settings/changed"],
  ["settings-changed-nothing", "few", "#/settings/changed"],
  ["settings-passphrase", "few", "#/settings/passphrase"],
  [
    "settings-new-code",
    "few",
    "#/settings/passphrase",
    async (page) => {
      await type(page, "Passphrase now, for a new code", "correct horse battery staple");
      await press(page, "Make a new recovery code");
    },
  ],
  ["settings-looks", "few", "#/settings/looks"],
  ["settings-about", "few", "#/settings/about"],
];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 640 },
];

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let findings = 0;
for (const size of SIZES) {
  for (const theme of process.argv[5]?.split(",") ?? ["light", "dark"]) {
    const context = await browser.newContext({
      viewport: size,
      reducedMotion: "reduce",
      bypassCSP: false,
    });
    await context.addInitScript((chosen) => localStorage.setItem("placard.theme", chosen), theme);
    for (const [name, scene, hash, act] of SHOTS) {
      if (only && !name.includes(only)) continue;
      const page = await context.newPage();
      const say = (text) => {
        findings += 1;
        process.stdout.write(`${size.width} ${theme} ${name}: ${text}\n`);
      };
      page.on("console", (message) => message.type() === "error" && say(message.text()));
      page.on("pageerror", (error) => say(error.message));
      await page.goto(`${origin}/?scene=${scene}${hash}`);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(120);
      await act?.(page).catch((error) => say(error.message));
      await page.waitForTimeout(180);
      const wide = theme === "dark" ? "-dark" : "";
      await page.screenshot({ path: `${pictures}/${name}-${size.width}${wide}.png` });
      const below = await page.evaluate(() => {
        const save = document.querySelector(".capture .save button");
        return save ? save.getBoundingClientRect().bottom - window.innerHeight : 0;
      });
      if (below > 0) say(`Save is ${below} px below the window`);
      const scrolls = await page.evaluate(
        (parts) => {
          return parts.flatMap((name) => {
            const part = document.querySelector(name);
            const hidden = part ? part.scrollHeight - part.clientHeight : 0;
            return hidden > 0 ? [`${name} hides ${hidden} px`] : [];
          });
        },
        // The longest wording that can be saved scrolls in a low window.
        scene === "long_wording" ? [".capture .person"] : [".capture .person", ".read-out"],
      );
      for (const scroll of scrolls) say(scroll);
      await page.evaluate(`${axe}; undefined`).catch((error) => say(error.message));
      const { violations } = await page.evaluate(() =>
        window.axe.run({
          // Text in the sun: 7:1, not 4.5:1.
          rules: { "color-contrast-enhanced": { enabled: true } },
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }),
      );
      for (const { id, nodes } of violations) {
        say(
          `${id}: ${nodes
            .map((node) => `${node.target} ${node.failureSummary}`)
            .join(" | ")
            .slice(0, 600)}`,
        );
      }
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
server.close();
process.stdout.write(findings === 0 ? "Nothing found.\n" : `${findings} findings.\n`);
process.exitCode = findings === 0 ? 0 : 1;
