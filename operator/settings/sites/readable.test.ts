import { expect, test } from "vitest";
import { contrast } from "../../../browser/ui/colour.ts";
import { asColour, darkerReadable, readableOn } from "./readable.ts";

test.each([
  ["#2a55b5", "white", true],
  ["#ffd400", "ink", true],
  ["#777c80", "white", false],
])("%s takes %s words", (colour, words, enough) => {
  expect(readableOn(colour)).toMatchObject({ words, enough });
});

test.each(["#777c80", "#7f7f7f", "#c0572f"])("a darker %s can be read on", (colour) => {
  const darker = darkerReadable(colour);
  expect(contrast(darker, "#ffffff")).toBeGreaterThanOrEqual(4.5);
  expect(contrast(darker, "#ffffff")).toBeLessThan(5.5);
});

test.each([
  ["#ABC", "#aabbcc"],
  [" 2a55B5", "#2a55b5"],
  ["red", null],
  ["#12", null],
])("%s is read as %s", (typed, colour) => {
  expect(asColour(typed)).toBe(colour);
});
