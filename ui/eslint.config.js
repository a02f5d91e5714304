import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import { readdirSync } from "node:fs";
import svelteConfig from "./svelte.config.js";

const features = readdirSync("src/features");

const tauri = {
  group: ["@tauri-apps/*"],
  message: "Only src/api speaks to the shell.",
};
const bindings = {
  group: ["**/api/bindings"],
  message: "Import from src/api: it unwraps answers and notices a lock.",
};
const anyFeature = { group: ["**/features/**"], message: "Shared widgets know no feature." };
const app = { group: ["**/app/**"], message: "Only src/app knows the whole window." };

/** What a folder may not import: the tiers of ui/src, kept by a machine. */
function tier(files, patterns) {
  return { files, rules: { "no-restricted-imports": ["error", { patterns }] } };
}

export default ts.config(
  { ignores: ["dist", "dist-pretend", "node_modules", "src/api/bindings.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, __PLACARD_VERSION__: "readonly" } },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "svelte/no-at-html-tags": "error",
      "svelte/block-lang": ["error", { script: "ts" }],
      // Plain Maps and Sets are kept on purpose where nothing on screen reads them.
      "svelte/prefer-svelte-reactivity": "off",
      // There is no router whose paths could be resolved: the window's places are hashes.
      "svelte/no-navigation-without-resolve": "off",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  tier(["src/**"], [tauri, bindings]),
  tier(["src/shared/**"], [tauri, bindings, anyFeature, app]),
  ...features.map((name) =>
    tier(
      [`src/features/${name}/**`],
      [
        tauri,
        bindings,
        app,
        {
          group: features.filter((other) => other !== name).map((other) => `../${other}/**`),
          message: "A feature knows no other feature: move what both need to src/shared.",
        },
      ],
    ),
  ),
  { files: ["src/api/**"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["*.config.{js,ts}", "dev/**/*.{ts,mjs}"],
    languageOptions: { globals: globals.node },
  },
);
