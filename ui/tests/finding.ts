import { render, screen } from "@testing-library/svelte";
import { vi } from "vitest";
import { world } from "../dev/pretend/bindings";
import { SCENES } from "../dev/pretend/scenes";
import type { Question } from "../src/api";
import App from "../src/app/App.svelte";
import { scene } from "../src/app/scene.svelte";

/** What a list is given of a window of ordinary height, since jsdom lays nothing out. */
export const VIEW_PX = 484;
export const ROW_PX = 44;

/** People, over a scene, in a window of ordinary height. */
export async function people(name: string): Promise<HTMLElement> {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(VIEW_PX);
  scene.current = null;
  SCENES[name]?.(world);
  location.hash = "#/people";
  render(App);
  return screen.findByRole("grid", { name: "People" });
}

/** The numbers of the rows that are drawn, the first being the heads. */
export function drawn(grid: HTMLElement): number[] {
  return [...grid.querySelectorAll("[role=row]")].map((row) =>
    Number(row.getAttribute("aria-rowindex")),
  );
}

/** The words of the row that has the focus. */
export function focusedRow(): string {
  return document.activeElement?.textContent?.replaceAll(/\s+/g, " ").trim() ?? "";
}

export function rowIndex(): number {
  return Number(document.activeElement?.getAttribute("aria-rowindex"));
}

/** The question that was asked last, the counts beside the list aside. */
export function lastAsked(people: { mock: { calls: unknown[][] } }): Question {
  const pages = people.mock.calls.filter(([, , limit]) => limit !== 1);
  return pages.at(-1)?.[0] as Question;
}
