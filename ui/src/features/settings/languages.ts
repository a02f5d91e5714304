/** The languages that the campaign can have words in, each in its own name. */
export const LANGUAGES = [
  { value: "en", name: "English" },
  { value: "cy", name: "Cymraeg" },
  { value: "es", name: "Español" },
  { value: "pl", name: "Polski" },
  { value: "ur", name: "اردو" },
  { value: "bn", name: "বাংলা" },
];
