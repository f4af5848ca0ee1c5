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
});

test("the dial is full when the target has passed, and then it is late", () => {
  const since = Date.parse("2026-11-19T12:00:00.000Z");
  const wait = {
    waiting_since: "2026-11-19T12:00:00.000Z",
    late_at: "2026-11-19T12:04:00.000Z",
  };
  expect(share(wait, since - MINUTE)).toBe(0);
  expect(share(wait, since + 2 * MINUTE)).toBe(50);
  expect(isLate(wait, since + 4 * MINUTE - 1)).toBe(false);
  expect(isLate(wait, since + 4 * MINUTE)).toBe(true);
  expect(share(wait, since + HOUR)).toBe(100);
  expect(isLate({ waiting_since: null, late_at: null }, since)).toBe(false);
});
