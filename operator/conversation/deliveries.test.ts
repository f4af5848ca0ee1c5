import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { COLLEAGUE, conversation } from "../testing/samples.ts";
import { createDeliveries } from "./deliveries.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a message that reached this panel is said to be delivered, the highest once", () => {
  const tell = vi.fn();
  const deliveries = createDeliveries("me", tell);
  deliveries.heard(conversation({ seq: 1 }));
  deliveries.heard(conversation({ seq: 2 }));
  vi.advanceTimersByTime(1000);
  expect(tell.mock.calls).toEqual([["c1", 2]]);
});

test("a colleague who was first, or who has the chat, says it instead", () => {
  const tell = vi.fn();
  const deliveries = createDeliveries("me", tell);
  deliveries.heard(conversation({ seq: 1 }));
  deliveries.heard(conversation({ seq: 1, delivered: { visitor: 0, operator: 1 } }));
  deliveries.heard(conversation({ id: "c2", assignee: COLLEAGUE }));
  vi.advanceTimersByTime(1000);
  expect(tell).not.toHaveBeenCalled();
});

test("of one chat it is said once a second at most, of another at once", () => {
  const told: [string, number, number][] = [];
  const begun = Date.now();
  const deliveries = createDeliveries("me", (id, seq) => told.push([id, seq, Date.now() - begun]));
  vi.spyOn(Math, "random").mockReturnValue(0.001);
  for (let seq = 1; seq <= 40; seq += 1) {
    deliveries.heard(conversation({ seq }));
    vi.advanceTimersByTime(100);
  }
  deliveries.heard(conversation({ id: "c2", seq: 1 }));
  vi.advanceTimersByTime(2000);
  const times = told.filter(([id]) => id === "c1").map(([, , at]) => at);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(times.length).toBeGreaterThan(3);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  expect(told.filter(([id]) => id === "c1").at(-1)?.[1]).toBe(40);
  expect(told.find(([id]) => id === "c2")?.[2]).toBeLessThan(4010);
});
