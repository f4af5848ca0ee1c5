import { expect, test } from "vitest";
import { localTime } from "./local-time.ts";

test("the visitor's clock, and a zone that nobody knows stays a word", () => {
  const noon = Date.parse("2026-11-19T12:00:00.000Z");
  expect(localTime(noon, "Asia/Tokyo")).toMatch(/^(9:00|21:00)/);
  expect(localTime(noon, "Nowhere/Land")).toBe("Nowhere/Land");
});
