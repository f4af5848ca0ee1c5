import { expect, test } from "vitest";
import { rangeOf } from "./rows-window.ts";

const drawn = (top: number, count: number, view: number) => {
  const { from, to } = rangeOf(top, 59, count, { top: view, bottom: view + 800 });
  return Array.from({ length: to - from }, (_, index) => from + index);
};

test("whatever the place, every row in sight is drawn", () => {
  for (let view = 0; view < 5000 * 59; view += 997) {
    const rows = new Set(drawn(30, 5000, view));
    const first = Math.max(0, Math.floor((view - 30) / 59));
    const last = Math.min(4999, Math.ceil((view + 800 - 30) / 59));
    for (let row = first; row <= last; row += 1) expect(rows.has(row)).toBe(true);
    expect(rows.size).toBeLessThan(60);
  }
});

test("a list out of sight draws nothing", () => {
  expect(drawn(100_000, 50, 0)).toEqual([]);
  expect(drawn(0, 10, 100_000)).toEqual([]);
});
