import { expect, test } from "vitest";
import { refusal } from "../../../browser/refusal.ts";
import { createPages } from "./pages.ts";

function log(answers: object[]) {
  const asked: (string | null)[] = [];
  const pages = createPages<number>(async (after) => {
    asked.push(after);
    return answers.shift() as never;
  });
  return { pages, asked };
}

test("older pages come below, and the last one says so", async () => {
  const { pages, asked } = log([
    { entries: [5, 4], next: "4" },
    { entries: [3], next: null },
  ]);
  await pages.begin();
  expect(pages.older.value).toBe(true);
  await pages.more();
  expect(pages.entries.value).toEqual([5, 4, 3]);
  expect(pages.older.value).toBe(false);
  expect(asked).toEqual([null, "4"]);
});

test("a page that doesn't come leaves what is there, and can be asked for again", async () => {
  const { pages, asked } = log([
    { entries: [5], next: "5" },
    refusal("timeout"),
    { entries: [4], next: null },
  ]);
  await pages.begin();
  await pages.more();
  expect(pages.entries.value).toEqual([5]);
  expect(pages.failed.value).toBe("timeout");
  await pages.more();
  expect(pages.entries.value).toEqual([5, 4]);
  expect(pages.failed.value).toBeNull();
  expect(asked).toEqual([null, "5", "5"]);
});
