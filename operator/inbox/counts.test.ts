import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Call } from "../shell/call.ts";
import { createCounts } from "./counts.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a crowd of frames asks twice: at once, and when it is over", async () => {
  const counts = { mine: 1, team: 2, queue: 3, all: 4, waiting: 5, unread: 6 };
  const call = vi.fn(async () => counts);
  const made = createCounts(call as unknown as Call);
  for (let frame = 0; frame < 50; frame += 1) {
    made.stale();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(5000);
  expect(call).toHaveBeenCalledTimes(2);
  expect(made.value.value).toEqual(counts);
});
