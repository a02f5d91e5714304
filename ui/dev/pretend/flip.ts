import type {
  FlipLanguage,
  FlipView,
  Scene,
  Typed,
  commands as realCommands,
} from "../../src/api/bindings";
import { answer, refuse, tell, world, type Answer } from "./core";
import { notice } from "./keeping";
import { asks } from "./words";
import { CAMPAIGN } from "./world";

/** Wrong PINs after which the vault is locked. */
const MOST_WRONG = 5;

/** What the screen was turned from, and how many wrong PINs there were since. */
let before: Scene = { at: "open", campaign: CAMPAIGN };
let wrong = 0;

/** What stands above the languages, said in each of those whose words come with Placard. */
const CHOOSE: Record<string, string> = {
  en: "Choose your language",
  cy: "Dewiswch eich iaith",
  ur: "اپنی زبان منتخب کریں",
};

/** The other words of the supporter's own side, in English whatever the language. */
const WORDS: Record<string, string> = {
  first_name: "First name",
  last_name: "Last name",
  mobile: "Mobile",
  email: "Email",
  postcode: "Postcode",
  zip_code: "ZIP code",
  optional: "If you like",
  first_name_missing: "Please type your first name.",
  mobile_wrong: "Please check the number.",
  email_wrong: "Please check the address.",
  postcode_wrong: "Please check the postcode.",
  next: "Next",
  back: "Back",
  check_your_details: "Your details",
  privacy_notice: "Privacy notice",
  your_choice: "It is your choice.",
  yes: "Yes",
  no: "No",
  thank_you: "Thank you",
  after_yes_to_texts: "You get one text to confirm.",
  after_no_to_texts: "You get no texts.",
  hand_back: "Please hand the laptop back.",
  start_again: "Start again",
  still_there: "Are you still there?",
  carry_on: "Carry on",
};

function language(tag: string, name: string, rtl: boolean, labels = tag): FlipLanguage {
  return {
    tag,
    name,
    rtl,
    labels,
    labels_rtl: rtl && labels === tag,
    asked_by: "Clean Air Now asks you",
    privacy_notice: notice(labels),
    words: { ...WORDS, choose_language: CHOOSE[labels] ?? "" },
  };
}

function view(): FlipView {
  return {
    campaign: "Clean Air Now",
    country: "GB",
    capture_id: "flip-1",
    languages: [
      language("en", "English", false),
      language("cy", "Cymraeg", false),
      language("ur", "اردو", true),
      ...world.languages
        .filter(({ added }) => added)
        .map(({ tag, name, rtl, labels }) => language(tag, name, rtl, labels)),
    ],
    asks: asks(),
  };
}

/** What the core would not take. */
function unusable({ first_name, last_name, mobile, email }: Typed): string[] {
  const digits = mobile.replaceAll(/\D/g, "").length;
  return [
    ...(first_name.trim() || last_name.trim() ? [] : ["first_name"]),
    ...(mobile.trim() === "" || digits === 11 ? [] : ["mobile"]),
    ...(email === "" || email.includes("@") ? [] : ["email"]),
  ];
}

/** Only a turned screen has an answer. */
async function turned<T>(command: string, data: () => T): Promise<Answer<T>> {
  return world.scene.at === "flipped"
    ? answer(command, data)
    : refuse("flipped", "The screen is turned to a supporter. The PIN leads back.");
}

type Flip = "hasPin" | "setPin" | "flip" | "flipView" | "flipCheck" | "flipSave" | "flipBack";

export const flip: Pick<typeof realCommands, Flip> = {
  hasPin: () => answer("hasPin", () => world.pin !== null),
  setPin: async (pin) => {
    if (!/^\d{4,8}$/.test(pin)) {
      return refuse("invalid", "Choose a PIN of four to eight digits.", "pin");
    }
    return answer("setPin", () => {
      world.pin = pin;
      return null;
    });
  },
  flip: () =>
    answer("flip", () => {
      before = world.scene;
      wrong = 0;
      world.scene = { at: "flipped" };
      return null;
    }),
  flipView: () => turned("flipView", view),
  flipCheck: (form) =>
    turned("flipCheck", () => ({ invalid: unusable(form), mobile: form.mobile.trim() })),
  flipSave: (_captureId, form) =>
    turned("flipSave", () => {
      const invalid = unusable(form);
      const agreed = form.answers["texts"] === true;
      return { invalid, texted: invalid.length === 0 && agreed && form.mobile !== "" };
    }),
  flipBack: (pin) =>
    turned("flipBack", () => {
      if (pin === world.pin) {
        world.scene = before;
        return { back: true, tries: MOST_WRONG };
      }
      wrong += 1;
      if (wrong >= MOST_WRONG) {
        world.scene = { at: "locked", campaign: CAMPAIGN.name };
        tell("locked");
      }
      return { back: false, tries: MOST_WRONG - wrong };
    }),
};
