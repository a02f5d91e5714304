import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { pretendCore } from "./dev/pretend-core.ts";
import { versionDefine } from "./version.ts";

export default defineConfig({
  plugins: [pretendCore(), svelte()],
  define: versionDefine(),
  resolve: { conditions: ["browser"] },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    // A person's whole way through a screen, on a machine that builds something else meanwhile.
    testTimeout: 30_000,
  },
});
