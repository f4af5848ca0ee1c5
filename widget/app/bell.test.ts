import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "../../browser/store.ts";
import { createBell } from "./bell.ts";

const play = vi.fn(() => Promise.resolve());
const bell = () => createBell(createStore("kell.k."), () => Promise.resolve({ play }));
const heard = async () => {
  await vi.advanceTimersByTimeAsync(0);
  return play.mock.calls.length;
};

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  play.mockClear();
});
afterEach(() => vi.useRealTimers());

test("several replies at once are one melody", async () => {
  const { ring } = bell();
  ring();
  ring();
  expect(await heard()).toBe(1);
  await vi.advanceTimersByTimeAsync(3000);
  ring();
  expect(await heard()).toBe(2);
});

test("who has turned it off has done so for good", async () => {
  bell().mute(true);
  const next = bell();
  next.ring();
  expect(await heard()).toBe(0);
  next.mute(false);
  bell().ring();
  expect(await heard()).toBe(1);
});
