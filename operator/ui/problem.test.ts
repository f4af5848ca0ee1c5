import { beforeEach, expect, test } from "vitest";
import { loadLanguage } from "../../browser/i18n.ts";
import { refusal } from "../../browser/refusal.ts";
import { numbered, problem, quotable } from "./problem.ts";

beforeEach(() => loadLanguage("en"));

test("the number of a bug stays with its code, and stands in the words", () => {
  const broken = { error: { code: "internal", number: "7f3a19" } };
  const { code } = numbered(broken).error;
  expect(quotable(code)).toBe("7f3a19");
  expect(problem(code)).toContain("7f3a19");
});

test("where there is no number, an unexpected code is what can be quoted", () => {
  expect(problem("unknown_command")).toContain("unknown_command");
  expect(problem("internal")).not.toContain("internal");
});

test("what was expected has its own words, and answers stay as they are", () => {
  const busy = refusal("retry_later");
  expect(numbered(busy)).toBe(busy);
  expect(problem("retry_later")).not.toContain("retry_later");
  const fine = { rev: 1 };
  expect(numbered(fine)).toBe(fine);
});
