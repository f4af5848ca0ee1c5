import { expect, test } from "vitest";
import { asWallTime, nextInterval, overlap, span } from "./wall-time.ts";

test.each([
  ["9", "09:00"],
  ["9.30", "09:30"],
  ["0930", "09:30"],
  ["17:00", "17:00"],
  ["5:30 pm", "17:30"],
  ["12 am", "00:00"],
  ["24", "24:00"],
  ["24:30", null],
  ["9:75", null],
  ["13 pm", null],
  ["noon", null],
])("%s is read as %s", (typed, time) => {
  expect(asWallTime(typed)).toBe(time);
});

test("a night ends on the next day", () => {
  expect(span({ opens: "22:00", closes: "02:00" })).toEqual({ from: 1320, to: 1560 });
});

test("after the morning comes the afternoon, and none after a full day", () => {
  expect(nextInterval([])).toEqual({ opens: "09:00", closes: "17:00" });
  expect(nextInterval([{ opens: "09:00", closes: "12:00" }])).toEqual({
    opens: "13:00",
    closes: "17:00",
  });
  expect(nextInterval([{ opens: "09:00", closes: "23:30" }])).toBeNull();
});

test("intervals that touch don't overlap", () => {
  const morning = { opens: "09:00", closes: "12:00" };
  expect(overlap([{ opens: "12:00", closes: "17:00" }, morning])).toBe(false);
  expect(overlap([{ opens: "11:00", closes: "17:00" }, morning])).toBe(true);
});
