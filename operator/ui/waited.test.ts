import { expect, test } from "vitest";
import { isLate, share, waited } from "./waited.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test("minutes and seconds, then hours, then days", () => {
  expect(waited(21 * SECOND)).toEqual({ unit: "minutes", text: "0:21" });
  expect(waited(26 * MINUTE + 14 * SECOND)).toEqual({ unit: "minutes", text: "26:14" });
  expect(waited(2 * HOUR + 5 * MINUTE + 59 * SECOND)).toEqual({
    unit: "hours",
    hours: 2,
    minutes: "05",
  });
  expect(waited(75 * HOUR)).toEqual({ unit: "days", days: 3 });
});

test("a message from the future has waited for nothing", () => {
  expect(waited(-5 * SECOND)).toEqual({ unit: "minutes", text: "0:00" });
  expect(share(-5 * SECOND)).toBe(0);
});

test("the dial is full at two minutes, and then it is late", () => {
  expect(share(MINUTE)).toBe(50);
  expect(isLate(2 * MINUTE)).toBe(false);
  expect(isLate(2 * MINUTE + 1)).toBe(true);
  expect(share(HOUR)).toBe(100);
});
