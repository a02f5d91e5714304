import type { commands as realCommands } from "../../src/api/bindings";
import { answer, tell, world } from "./core";
import { CAMPAIGN } from "./world";

/** What people are told about their data: in English with what the campaign decided. */
export function notice(language: string): string {
  const { contact, kept_for } = world.rules;
  const kept = kept_for === null ? "until you ask us to stop" : `for ${kept_for} months`;
  switch (language) {
    case "cy":
      return "Mae Clean Air Now yn cadw eich manylion er mwyn cadw mewn cysylltiad â chi.";
    case "ur":
      return "Clean Air Now آپ سے رابطے میں رہنے کے لیے آپ کی تفصیلات رکھتا ہے۔";
    default:
      return (
        "Clean Air Now holds your details to keep in touch with you. " +
        `They are kept ${kept}. Write to ${contact || CAMPAIGN.organiser}.`
      );
  }
}

/** Nobody is kept too long where people are kept for good. */
const past = () => (world.rules.kept_for === null ? [] : world.past);

type Keeping = "privacyNotice" | "pastKeeping" | "erasePastKeeping";

export const keeping: Pick<typeof realCommands, Keeping> = {
  privacyNotice: (language) => answer("privacyNotice", () => notice(language)),
  pastKeeping: () =>
    answer("pastKeeping", () => ({ count: past().length, rows: past(), strangers: [] })),
  erasePastKeeping: () =>
    answer("erasePastKeeping", () => {
      const count = past().length;
      world.past = [];
      tell("people");
      return count;
    }),
};
