import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { COLLEAGUE, conversation } from "../testing/samples.ts";
import { createDeliveries } from "./deliveries.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
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
