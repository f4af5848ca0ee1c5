import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHoles } from "./holes.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function started() {
  const lost = vi.fn();
  const holes = createHoles(lost);
  holes.begin([{ id: "t", n: 10 }]);
  return { holes, lost };
}

test("frames in a row are no hole", () => {
  const { holes, lost } = started();
  holes.seen("t", 11);
  holes.seen("t", 12);
  vi.advanceTimersByTime(2000);
  expect(lost).not.toHaveBeenCalled();
});

test("a number that stays away is a loss, told once", () => {
  const { holes, lost } = started();
  holes.seen("t", 12);
  vi.advanceTimersByTime(999);
  expect(lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(lost).toHaveBeenCalledTimes(1);
  holes.seen("t", 13);
  vi.advanceTimersByTime(2000);
  expect(lost).toHaveBeenCalledTimes(1);
});

test("a frame that was only overtaken fills its hole", () => {
  const { holes, lost } = started();
  holes.seen("t", 12);
  holes.seen("t", 11);
  vi.advanceTimersByTime(2000);
  expect(lost).not.toHaveBeenCalled();
});

test("the beacon shows a lost last frame", () => {
  const { holes, lost } = started();
  holes.stands("t", 11);
  vi.advanceTimersByTime(1000);
  expect(lost).toHaveBeenCalledTimes(1);
});

test("a new connection starts from its own numbers", () => {
  const { holes, lost } = started();
  holes.seen("t", 15);
  holes.begin([{ id: "t", n: 3 }]);
  holes.seen("t", 4);
  vi.advanceTimersByTime(2000);
  expect(lost).not.toHaveBeenCalled();
});
