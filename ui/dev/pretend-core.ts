import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const here = path.dirname(fileURLToPath(import.meta.url));

/** What only the shell can give. */
const REPLACED = new Set(["./bindings", "./dropped"]);

/** Puts the pretend core of `dev/` where the generated bindings stand: for tests and for looking at screens in a browser. */
export function pretendCore(): Plugin {
  return {
    name: "placard-pretend-core",
    enforce: "pre",
    resolveId(source) {
      return REPLACED.has(source) ? path.join(here, "pretend", `${source}.ts`) : null;
    },
  };
}
