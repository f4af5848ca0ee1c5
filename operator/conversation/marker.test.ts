import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMarker } from "./marker.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the highest is told, at most once a second", async () => {
  const send = vi.fn(async (_seq: number) => true);
  const marker = createMarker(send);
  marker.reach(1);
  await vi.advanceTimersByTimeAsync(0);
  marker.reach(2);
  marker.reach(5);
  marker.reach(4);
  await vi.advanceTimersByTimeAsync(999);
  expect(send.mock.calls).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(1001);
  expect(send.mock.calls).toEqual([[1], [5]]);
  marker.reach(5);
  await vi.advanceTimersByTimeAsync(5000);
  expect(send).toHaveBeenCalledTimes(2);
});

test("what did not arrive is told again", async () => {
  const send = vi.fn(async (_seq: number) => true);
  send.mockResolvedValueOnce(false);
  const marker = createMarker(send);
  marker.reach(3);
  await vi.advanceTimersByTimeAsync(2000);
  expect(send.mock.calls).toEqual([[3], [3]]);
});
