import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onReturn } from "./awake.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function turn(hidden: boolean): void {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
}

test("only an absence of over a minute makes what is shown old", () => {
  const again = vi.fn();
  const undo = onReturn(again);
  turn(true);
  vi.advanceTimersByTime(60_000);
  turn(false);
  expect(again).not.toHaveBeenCalled();
  turn(true);
  vi.advanceTimersByTime(60_001);
  turn(false);
  expect(again).toHaveBeenCalledTimes(1);
  undo();
});
