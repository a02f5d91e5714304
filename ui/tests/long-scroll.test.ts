import { describe, expect, test } from "vitest";
import { LongScroll, MOST_PX } from "../src/features/people/long-scroll";

const VIEW = 440;
const ROW = 44;
const MILLION = 1_000_000 * ROW;

describe("a list that a browser can hold", () => {
  test("is scrolled as it is", () => {
    const long = new LongScroll(1_000 * ROW, VIEW);
    expect(long.height).toBe(44_000);
    expect(long.scrolled(20_000)).toBe(20_000);
    expect(long.scrollFor(30_000)).toBe(30_000);
    expect(long.ahead).toBe(0);
  });

  test("that is shorter than the view stays where it is", () => {
    const long = new LongScroll(2 * ROW, VIEW);
    expect(long.scrolled(0)).toBe(0);
    expect(long.scrollFor(5_000)).toBe(0);
  });
});

describe("a million rows", () => {
  test("stay below what an engine lays out", () => {
    expect(new LongScroll(MILLION, VIEW).height).toBe(MOST_PX);
  });

  test("are reached from the first to the last", () => {
    const long = new LongScroll(MILLION, VIEW);
    expect(long.scrolled(MOST_PX - VIEW)).toBe(MILLION - VIEW);
    expect(long.scrolled(0)).toBe(0);
  });

  test("have each of their places on the scrollbar, in order", () => {
    const long = new LongScroll(MILLION, VIEW);
    let before = -1;
    for (let place = 0; place <= MILLION - VIEW; place += 500_000) {
      const at = long.scrollFor(place);
      expect(at).toBeGreaterThan(before);
      expect(at).toBeLessThanOrEqual(MOST_PX - VIEW);
      before = at;
    }
  });

  test("move pixel by pixel under the wheel, wherever one is", () => {
    const long = new LongScroll(MILLION, VIEW);
    let place = long.settled(long.scrollFor(22_000_000), 22_000_000);
    let at = long.scrollFor(place);
    for (let turn = 0; turn < 50; turn++) {
      at += 120;
      const next = long.scrolled(at);
      expect(next - place).toBe(120);
      place = next;
    }
    expect(long.strays(place)).toBe(true);
    long.settled(long.scrollFor(place), place);
    expect(long.strays(place)).toBe(false);
  });

  test("are pixel by pixel at both ends without any settling", () => {
    const long = new LongScroll(MILLION, VIEW);
    long.settled(0, 0);
    for (let at = 100; at <= 20_000; at += 100) expect(long.scrolled(at)).toBe(at);
    expect(long.strays(20_000)).toBe(false);
  });

  test("go to where the thumb is dragged", () => {
    const long = new LongScroll(MILLION, VIEW);
    expect(long.scrolled(MOST_PX / 2) / MILLION).toBeCloseTo(0.5, 2);
    // What the browser rounds is made good.
    expect(long.settled(2_000_000, 22_000_001)).toBe(22_000_001);
    expect(long.scrolled(2_000_000)).toBe(22_000_001);
  });
});
