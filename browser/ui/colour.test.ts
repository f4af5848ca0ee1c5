import { expect, test } from "vitest";
import { contrast, palette, wordsIn, wordsOn } from "./colour.ts";

test("contrast is that of WCAG", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test.each(["#2a55b5", "#2f5d50", "#ffd400", "#ffffff", "#000000", "#e8b23a", "#7f7f7f"])(
  "words on %s and in it can be read",
  (colour) => {
    expect(contrast(colour, wordsOn(colour))).toBeGreaterThan(4);
    for (const surface of ["#ffffff", "#161b22"])
      expect(contrast(wordsIn(colour, surface), surface)).toBeGreaterThanOrEqual(4.5);
  },
);

test("something that is no colour gives ours", () => {
  expect(palette("red; background: url(x)")["site-light"]).toBe("#2a55b5");
  expect(palette("#2F5D50")["site-light"]).toBe("#2F5D50");
});
