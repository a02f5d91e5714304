import {
  core,
  refusal,
  type Attestation,
  type BroughtIn,
  type Column,
  type ListKind,
  type ListPreview,
  type ReadOptions,
  type Refused,
  type Report,
} from "../../api";
import { dayOf } from "../../shared/day";
import { Trying } from "../../shared/trying.svelte";

/** Where an import is: each step needs the one before. */
export type Step = "file" | "columns" | "report" | "done";

/** What must be said of consents before they come in, and what to say where it is missing. */
const ATTESTED: Record<Exclude<keyof Attestation, "agreed">, string> = {
  wording: "Type the words to which they said yes.",
  purpose: "Choose what they said yes to.",
  date: "Give the day. Where a row has a date of its own, that one counts.",
  method: "Say how they gave their yes.",
  by: "Give the name of whoever stands for this.",
};

/** A list on its way in: from a path to what came of it. Nothing is written before the last step. */
export class Importing {
  kind = $state<ListKind>("people");
  path = $state("");
  preview = $state.raw<ListPreview | null>(null);
  attestation = $state<Attestation>({
    wording: "",
    purpose: "texts",
    date: "",
    method: "",
    by: "",
    agreed: false,
  });
  /** What is missing from the attestation, by field. */
  missing = $state.raw<Partial<Record<keyof Attestation, string>>>({});
  report = $state.raw<Report | null>(null);
  refusedFile = $state<string | null>(null);
  brought = $state.raw<BroughtIn | null>(null);
  /** Why the list cannot be read. */
  unread = $state.raw<Refused | null>(null);
  reading = $state(false);

  readonly checking = new Trying();
  readonly bringing = new Trying();
  readonly saving = new Trying();

  /** How often the list was read: an answer to an earlier reading is stale. */
  #readings = 0;

  constructor(by: string) {
    this.attestation.by = by;
  }

  get step(): Step {
    if (this.brought) return "done";
    if (this.report) return "report";
    return this.preview ? "columns" : "file";
  }

  /** Consent comes in only where a column says so, and then somebody has to stand for it. */
  get bringsConsent(): boolean {
    return this.kind === "people" && (this.preview?.columns.includes("consent") ?? false);
  }

  /** How many would come in: those that change something. */
  get comes(): number {
    return (this.report?.new ?? 0) + (this.report?.changed ?? 0);
  }

  /** Whether anything would change here: an opt-out acts though its line is refused. */
  get acts(): boolean {
    return this.comes > 0 || (this.report?.refused_but_out ?? 0) > 0;
  }

  async read(options: ReadOptions | null = null): Promise<void> {
    const reading = ++this.#readings;
    this.reading = true;
    this.unread = null;
    try {
      const preview = await core.readList(this.path.trim(), this.kind, options);
      if (reading === this.#readings) this.preview = preview;
    } catch (thrown) {
      if (reading === this.#readings) this.unread = refusal(thrown);
    } finally {
      if (reading === this.#readings) this.reading = false;
    }
  }

  /** The file is read in another way: its columns are recognised anew. */
  async readAs(change: Partial<ReadOptions>): Promise<void> {
    if (!this.preview) return;
    const { options } = this.preview;
    // Other lines come first then: whether the first names the columns is found out anew.
    const has_header = change.sheet || change.delimiter ? null : options.has_header;
    await this.read({ ...options, has_header, ...change, columns: null });
  }

  /** A column means something else. Two cannot mean the same: the other is left out then. */
  async mean(index: number, meaning: Column | null): Promise<void> {
    if (!this.preview) return;
    const columns = this.preview.columns.map((now, at) => {
      if (at === index) return meaning;
      return meaning !== null && now === meaning ? null : now;
    });
    // At once on screen; the rows follow when they were read so.
    this.preview = { ...this.preview, columns };
    await this.read({ ...this.preview.options, columns });
  }

  /** Reads all of it and says what would come of it. */
  async check(): Promise<boolean> {
    const preview = this.preview;
    if (!preview || this.reading) return false;
    this.missing = this.bringsConsent ? this.#missing() : {};
    if (Object.keys(this.missing).length > 0) return false;
    const report = await this.checking.run(() =>
      core.checkList(
        this.path.trim(),
        this.kind,
        { ...preview.options, columns: preview.columns },
        this.bringsConsent
          ? { ...this.attestation, date: dayOf(this.attestation.date) ?? "" }
          : null,
      ),
    );
    if (!report) return false;
    this.report = report;
    this.refusedFile = null;
    this.saving.failure = this.bringing.failure = null;
    return true;
  }

  #missing(): Partial<Record<keyof Attestation, string>> {
    const missing: Partial<Record<keyof Attestation, string>> = {};
    for (const [field, sentence] of Object.entries(ATTESTED)) {
      const key = field as keyof typeof ATTESTED;
      if (this.attestation[key].trim() === "") missing[key] = sentence;
    }
    if (!missing.date && dayOf(this.attestation.date) === null) {
      missing.date = "Type a day like 25/11/2026.";
    }
    if (!this.attestation.agreed) {
      missing.agreed =
        "Tick this, or leave the consent column out: people come in without it then.";
    }
    return missing;
  }

  /** What is wrong with a field of the attestation. */
  wrong(field: keyof Attestation): string | null {
    return this.missing[field] ?? this.checking.at(field);
  }

  async saveRefused(): Promise<void> {
    const { report } = this;
    if (!report) return;
    const path = await this.saving.run(() => core.saveRefused(report.id, null));
    if (path !== undefined) this.refusedFile = path;
  }

  async bringIn(): Promise<void> {
    const { report } = this;
    if (!report) return;
    const brought = await this.bringing.run(() => core.bringIn(report.id));
    if (brought) this.brought = brought;
  }

  /** Back to the columns: what was reported no longer holds. */
  reconsider(): void {
    this.report = null;
  }

  /** Another list, or the same one after it was mended. */
  startAnew(): void {
    this.#readings += 1;
    this.reading = false;
    this.preview = this.report = this.brought = this.unread = null;
    this.path = "";
    this.attestation.agreed = false;
    this.missing = {};
    this.checking.failure = this.bringing.failure = this.saving.failure = null;
  }
}
