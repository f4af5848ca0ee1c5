import { expect, test } from "vitest";
import { numbersOf, pluralOf } from "./plural-numbers.ts";

test.each([
  ["en", "one", "1"],
  ["en", "other", "2, 3, 4 …"],
  ["ru", "one", "1, 21, 31 …"],
  ["uk", "few", "2, 3, 4 …"],
  ["ru", "other", "1,5"],
] as const)("in %s, %s is for %s", (language, form, numbers) => {
  expect(numbersOf(language, form)).toBe(numbers);
});

test("a key says its form, if it has one", () => {
  expect(pluralOf("widget.new_few")).toBe("few");
  expect(pluralOf("widget.again")).toBeNull();
});
