import { defineConfig, mergeConfig } from "vite";
import base from "../vite.config.ts";
import { pretendCore } from "./pretend-core.ts";

/** The screens over the pretend core, in any browser; built apart so that nothing of it is shipped. */
export default mergeConfig(
  base,
  defineConfig({
    plugins: [pretendCore()],
    build: { outDir: process.env["PLACARD_PRETEND_OUT"] ?? "dist-pretend" },
  }),
);
