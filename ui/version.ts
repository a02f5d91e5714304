import { readFileSync } from "node:fs";

/** Placard's version, kept once for the whole workspace, for the page that shows it. */
export function versionDefine(): Record<string, string> {
  const manifest = readFileSync(new URL("../Cargo.toml", import.meta.url), "utf8");
  const version = /^version = "(.+)"$/m.exec(manifest)?.[1];
  if (!version) throw new Error("The workspace's Cargo.toml names no version.");
  return { __PLACARD_VERSION__: JSON.stringify(version) };
}
