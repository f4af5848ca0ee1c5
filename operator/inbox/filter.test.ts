import { expect, test } from "vitest";
import { COLLEAGUE, conversation } from "../testing/samples.ts";
import { filterIn, isOn, passes, queryOf } from "./filter.ts";

const ID = "0".repeat(32);

test("a filter survives the address", () => {
  const filter = { unread: true, assignee: ID };
  expect(filterIn(`?${new URLSearchParams(queryOf(filter))}`)).toEqual(filter);
  expect(filterIn("?assignee=../x&unread=yes")).toEqual({});
  expect(isOn({})).toBe(false);
});

test("a row passes by its own fields", () => {
  const theirs = conversation({ assignee: { ...COLLEAGUE, id: ID }, unread: 2 });
  expect(passes({ assignee: ID, unread: true }, theirs)).toBe(true);
  expect(passes({ unread: true }, conversation({ unread: 0 }))).toBe(false);
  expect(passes({ assignee: ID }, conversation())).toBe(false);
  expect(passes({}, conversation())).toBe(true);
});
