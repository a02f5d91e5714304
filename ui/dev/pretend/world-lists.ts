import type {
  Backup,
  Backups,
  Column,
  HandedContents,
  HandingState,
  ListKind,
  ListPreview,
  OfferedBackup,
  OsdiServer,
  PushReport,
  RefusedLine,
  Report,
} from "../../src/api/bindings";

/** What is known of lists, backups and other laptops. */
export type Lists = {
  /** Long work goes on until it is stopped; how far it is. */
  slow: { done: number; of: number; seconds_left: number | null } | null;
  /** What the dialog for choosing a file answers. */
  chosen: string | null;
  headers: string[];
  columns: (Column | null)[];
  rows: { cells: string[]; refused: string | null }[];
  sheets: string[];
  format: string;
  report: Report;
  server: OsdiServer;
  push: PushReport | null;
  backups: Backups;
  /** The passphrase that a backup or a handed file wants; nothing where none is wanted. */
  lock: string | null;
  offered: OfferedBackup | null;
  handing: HandingState;
  handed: HandedContents;
};

const REFUSALS: RefusedLine[] = [
  [14, "The mobile is a landline: it cannot get texts.", "020 7946 0123"],
  [87, "The mobile has 9 digits; a UK mobile has 11.", "07700 9001"],
  [212, "The mobile was eaten by a spreadsheet: 7.70090E+09.", "7.70090E+09"],
  [640, "There is no name, and no number and no email to know them by.", ""],
].map(([line, reason, mobile]) => ({
  line: Number(line),
  reason: String(reason),
  cells: ["Rhys", "ap Gwilym", String(mobile), "rhys@example.org", "CF10 1EP", "yes"],
}));

export function aReport(more: Partial<Report> = {}): Report {
  return {
    id: "report-1",
    new: 9_412,
    same: 210,
    changed: 178,
    refused: 200,
    refused_but_out: 0,
    opted_out: 6,
    with_consent: 0,
    refusals: REFUSALS,
    sentence: "9,590 people come in. 200 lines are refused and stay out.",
    ...more,
  };
}

export function aBackup(index: number, at: string, more: Partial<Backup> = {}): Backup {
  return {
    id: `backup-${index}`,
    path: `/home/maya/.local/share/org.placard.Placard/backups/backup-${index}.placard`,
    at,
    people: 1_204 - index * 31,
    bytes: 4_812_800 - index * 65_536,
    where: "here",
    ...more,
  };
}

export function emptyLists(): Lists {
  return {
    slow: null,
    chosen: "/home/maya/Downloads/supporters.csv",
    headers: ["First name", "Surname", "Cell", "Email", "Postal code", "OK to text?"],
    columns: ["first_name", "last_name", "mobile", "email", "postcode", null],
    rows: [
      { cells: ["Amina", "Khan", "07700 900100", "amina@example.org", "SW9 8EJ"], refused: null },
      { cells: ["Rhys", "ap Gwilym", "07700 900101", "", "CF10 1EP"], refused: null },
      {
        cells: ["Tom", "Hill", "020 7946 0123", "tom@example.org", "SE24 0LR"],
        refused: "The mobile is a landline: it cannot get texts.",
      },
      { cells: ["Oluwaseun", "Adébáyọ̀-Featherstonehaugh", "07700 900103", "", ""], refused: null },
      { cells: ["Zofia", "Wójcik", "07700 900104", "zofia@example.org", "SE5 8RS"], refused: null },
      { cells: ["محمد", "الخطيب", "07700 900105", "", "E1 6AN"], refused: null },
    ].map(({ cells, refused }) => ({ cells: [...cells, "yes"], refused })),
    sheets: [],
    format: "CSV, UTF-8, commas",
    report: aReport(),
    server: { address: "", has_token: false },
    push: null,
    backups: {
      list: [],
      folder: "/home/maya/.local/share/org.placard.Placard/backups",
      second_place: null,
      second_place_trouble: null,
      last: null,
      trouble: null,
    },
    lock: null,
    offered: null,
    handing: {
      organiser_key: "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqy",
      last_handed: null,
      known_recipients: [],
      since_count: 0,
      all_count: 0,
    },
    handed: {
      from: "Sam, Brixton tube",
      at: "2026-11-25T18:02:11Z",
      people: 140,
      new: 121,
      changed: 16,
      opt_outs: 3,
      sentence: "121 people are new here and 16 have changed. 3 opt-outs act at once.",
    },
  };
}

/** The list as it is read with these columns. */
export function aPreview(
  lists: Lists,
  kind: ListKind,
  path: string,
  options: ListPreview["options"] | null,
): ListPreview {
  const found = lists.columns.map((column) =>
    kind === "people" || column === "mobile" ? column : null,
  );
  const columns = options?.columns ?? found;
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    format: options?.delimiter === ";" ? "CSV, UTF-8, semicolons" : lists.format,
    rows_estimate: 10_000,
    headers: lists.headers,
    columns,
    options: {
      delimiter: options?.delimiter ?? (lists.sheets.length > 0 ? null : ","),
      encoding: options?.encoding ?? (lists.sheets.length > 0 ? null : "UTF-8"),
      sheet: options?.sheet ?? lists.sheets[0] ?? null,
      has_header: options?.has_header ?? true,
      columns,
    },
    rows: lists.rows.map(({ cells, refused }, index) => ({ line: index + 2, cells, refused })),
    sheets: lists.sheets,
  };
}
