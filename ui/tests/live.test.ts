import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Live } from "../src/shared/live.svelte";

/** A core whose answers come when the test lets them. */
function slowCore() {
  const asked: ((answer: string) => void)[] = [];
  const read = vi.fn(() => new Promise<string>((done) => asked.push(done)));
  const answer = async (index: number, words: string): Promise<void> => {
    asked[index]?.(words);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { read, answer };
}

describe("what the core holds now", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("many changes in one breath are read once", async () => {
    const { read, answer } = slowCore();
    const live = new Live(read);
    for (let change = 0; change < 50; change++) live.hear();
    expect(read).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(read).toHaveBeenCalledOnce();
    await answer(0, "now");
    expect(live.data).toBe("now");
  });

  test("a change during a reading is read afterwards", async () => {
    const { read, answer } = slowCore();
    const live = new Live(read);
    void live.refresh();
    live.hear();
    await answer(0, "before");
    await vi.advanceTimersByTimeAsync(1000);
    await answer(1, "after");
    expect(live.data).toBe("after");
    await vi.advanceTimersByTimeAsync(1000);
    expect(read).toHaveBeenCalledTimes(2);
  });

  test("an answer that was taken is not undone by an older reading", async () => {
    const { read, answer } = slowCore();
    const live = new Live(read);
    void live.refresh();
    live.take("saved");
    await answer(0, "from before the save");
    expect(live.data).toBe("saved");
    await vi.advanceTimersByTimeAsync(1000);
    await answer(1, "saved, read again");
    expect(live.data).toBe("saved, read again");
  });

  test("once stopped, it neither asks nor changes", async () => {
    const { read, answer } = slowCore();
    const live = new Live(read);
    void live.refresh();
    live.stop();
    live.hear();
    await answer(0, "late");
    await vi.advanceTimersByTimeAsync(1000);
    expect(read).toHaveBeenCalledOnce();
    expect(live.data).toBeUndefined();
  });
});
