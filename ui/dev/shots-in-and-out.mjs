/** Pictures of lists, backups and what goes between laptops: name, scene, address, and what is done there first. */
const type = (page, label, text) => page.getByLabel(label, { exact: true }).fill(text);
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const read = (page) => typeFile(page, "/home/maya/Downloads/supporters.csv", "Read the list");
async function typeFile(page, file, button) {
  await type(page, "File", file);
  await press(page, button);
  await page.waitForTimeout(150);
}
async function report(page) {
  await read(page);
  await press(page, "Report");
  await page.waitForTimeout(200);
}

export const IN_AND_OUT = [
  ["lists-import", "few", "#/lists"],
  ["lists-import-columns", "few", "#/lists/import", read],
  [
    "lists-import-refused",
    "few",
    "#/lists/import",
    (page) => typeFile(page, "/home/maya/photo.png", "Read the list"),
  ],
  [
    "lists-import-excel",
    "list_excel",
    "#/lists/import",
    async (page) => {
      await typeFile(page, "/home/maya/members.xlsx", "Read the list");
      await press(page, "Change how it is read");
    },
  ],
  [
    "lists-import-opt-outs",
    "few",
    "#/lists/import",
    async (page) => {
      await page.getByRole("radio", { name: "Opt-outs", exact: true }).check();
      await read(page);
    },
  ],
  [
    "lists-import-consent",
    "list_consent",
    "#/lists/import",
    async (page) => {
      await read(page);
      await press(page, "Report");
    },
  ],
  [
    "lists-import-checking",
    "list_slow",
    "#/lists/import",
    async (page) => {
      await read(page);
      await press(page, "Report");
    },
  ],
  ["lists-import-report", "few", "#/lists/import", report],
  ["lists-import-report-clean", "list_clean", "#/lists/import", report],
  [
    "lists-import-saved",
    "few",
    "#/lists/import",
    async (page) => {
      await report(page);
      await press(page, "Save the refused lines");
    },
  ],
  [
    "lists-import-done",
    "few",
    "#/lists/import",
    async (page) => {
      await report(page);
      await press(page, "Bring in");
    },
  ],
  ["lists-export", "few", "#/lists/export"],
  ["lists-export-done", "push", "#/lists/export", (page) => press(page, "Export")],
  [
    "lists-export-pushed",
    "push",
    "#/lists/export",
    (page) => page.getByRole("button", { name: "Push", exact: true }).click(),
  ],
  ["lists-export-halfway", "push_halfway", "#/lists/export"],
  ["lists-hand-over", "handing", "#/lists/hand-over"],
  [
    "lists-hand-over-key",
    "handing",
    "#/lists/hand-over",
    (page) => page.getByRole("radio", { name: "An organiser’s key", exact: true }).check(),
  ],
  [
    "lists-hand-over-done",
    "handing",
    "#/lists/hand-over",
    async (page) => {
      await type(page, "Passphrase of the file", "correct horse battery");
      await type(page, "Repeat passphrase", "correct horse battery");
      await press(page, "Hand over");
    },
  ],
  ["lists-take-in", "few", "#/lists/take-in"],
  [
    "lists-take-in-holds",
    "few",
    "#/lists/take-in",
    (page) => typeFile(page, "/media/stick/sam.handed", "Look inside"),
  ],
  [
    "lists-take-in-done",
    "few",
    "#/lists/take-in",
    async (page) => {
      await typeFile(page, "/media/stick/sam.handed", "Look inside");
      await press(page, "Take in");
    },
  ],
  ["lists-backups-none", "few", "#/lists/backups"],
  ["lists-backups", "backups", "#/lists/backups"],
  ["lists-backups-trouble", "backups_trouble", "#/lists/backups"],
  [
    "lists-backups-holds",
    "backups",
    "#/lists/backups",
    (page) =>
      page
        .getByRole("button", { name: /^Look inside: / })
        .first()
        .click(),
  ],
  [
    "lists-backups-sure",
    "backups",
    "#/lists/backups",
    async (page) => {
      await page
        .getByRole("button", { name: /^Look inside: / })
        .first()
        .click();
      await press(page, "Restore");
    },
  ],
  ["damaged-offer", "damaged_offer", ""],
  ["damaged-salvage", "damaged_offer", "", (page) => press(page, "Restore and salvage")],
  ["damaged-look", "damaged_offer", "", (page) => press(page, "Look inside")],
  [
    "damaged-unlock",
    "locked_damaged",
    "",
    async (page) => {
      await type(page, "Passphrase", "correct horse battery staple");
      await press(page, "Unlock");
    },
  ],
  [
    "damaged-restored",
    "damaged_offer",
    "",
    async (page) => {
      await press(page, "Restore and salvage");
      await type(page, "Passphrase", "correct horse battery staple");
      await press(page, "Restore and salvage");
    },
  ],
];
