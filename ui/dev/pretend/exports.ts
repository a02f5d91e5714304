import type { ExportFormat, commands as realCommands } from "../../src/api/bindings";
import { answer, refuse, world } from "./core";
import { long } from "./long";

const ENDINGS: Record<ExportFormat, string> = {
  csv: "csv",
  excel: "xlsx",
  nationbuilder: "csv",
  action_network: "csv",
  van: "csv",
  osdi: "json",
};

type Exports =
  "exportPeople" | "osdiServer" | "saveOsdiServer" | "testOsdiServer" | "pushPeople" | "pushState";

export const exports: Pick<typeof realCommands, Exports> = {
  exportPeople: (_question, format, folder) =>
    long("export", "exportPeople", () => ({
      path: `${folder ?? "/home/maya/Downloads"}/people-2026-11-25-140509.${ENDINGS[format]}`,
      count: 1_204,
      sentence: "1,204 people are in it. 3 who opted out are not marked as subscribed.",
    })),
  osdiServer: () => answer("osdiServer", () => world.lists.server),
  saveOsdiServer: async (address, token) => {
    if (!address.startsWith("https://")) {
      return refuse("invalid", "The address begins with https://", "address");
    }
    if (!token && !world.lists.server.has_token) {
      return refuse("invalid", "The server wants a token.", "token");
    }
    return answer("saveOsdiServer", () => (world.lists.server = { address, has_token: true }));
  },
  testOsdiServer: () =>
    answer("testOsdiServer", () => "Action Network answers, and takes people with this token."),
  pushPeople: () =>
    long("push", "pushPeople", () => {
      world.lists.push = {
        sent: 1_180,
        same: 22,
        refused: [
          { id: "person-1", name: "Rhys ap Gwilym", reason: "The server says: invalid email." },
          { id: "person-4", name: "Tom Hill", reason: "The server says: no email and no number." },
        ],
        left: 0,
        finished: true,
        sentence: "1,180 people were pushed and 22 were there as they are. 2 were refused.",
      };
      return world.lists.push;
    }),
  pushState: () => answer("pushState", () => world.lists.push),
};
