import { expect, test } from "vitest";
import { fits } from "./choice.ts";

test("each word begins one of the name's, whatever the accents", () => {
  expect(fits("Kadri-Liis Põldsepp", "pold")).toBe(true);
  expect(fits("Inbox: Closed", "clo in")).toBe(true);
  expect(fits("Inbox: Closed", "losed")).toBe(false);
  expect(fits("Anything", "")).toBe(true);
});
