import { expect, test } from "vitest";
import { shortNames } from "./short-names.ts";

const [talk, form] = ["widget/app/bubble.module.css", "widget/app/form.module.css"];

test("a class has one name, and no other class has it", () => {
  const name = shortNames();
  const names = ["a", "b"].flatMap((each) => [name(each, talk), name(each, form)]);
  expect(new Set(names).size).toBe(4);
  expect(name("a", talk)).toBe(names[0]);
});

test("whichever style sheet is read first, the names are the same", () => {
  const [one, other] = [shortNames(), shortNames()];
  const names = [one("a", talk), one("a", form)];
  expect([other("a", form), other("a", talk)]).toEqual(names.toReversed());
});
