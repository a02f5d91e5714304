import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { versionDefine } from "./version.ts";

export default defineConfig({
  plugins: [svelte()],
  define: versionDefine(),
  // Tauri serves the files from its own scheme: paths stay relative to the page.
  base: "./",
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["safari16.4", "chrome111"],
    // No data: addresses, so that the content security policy can forbid them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
