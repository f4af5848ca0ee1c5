import { expect, test } from "vitest";
import { shortNames } from "./short-names.ts";

test("a class has one name, and no other class has it", () => {
  const name = shortNames();
  const names = ["a", "b"].flatMap((each) => [name(each, "one.css"), name(each, "two.css")]);
  expect(new Set(names).size).toBe(4);
  expect(name("a", "one.css")).toBe(names[0]);
});
