import { expect, test } from "vitest";
import { differing, merged, same } from "./merge.ts";

test("what both have changed apart from each other is kept", () => {
  const base = { name: "Shop", look: { color: "#111111", position: "right" }, origins: ["a"] };
  const mine = { ...base, look: { ...base.look, color: "#222222" } };
  const theirs = { ...base, look: { ...base.look, position: "left" }, origins: ["a", "b"] };
  expect(merged(base, mine, theirs)).toEqual({
    name: "Shop",
    look: { color: "#222222", position: "left" },
    origins: ["a", "b"],
  });
});

test("where both have changed one thing, what is typed here stays", () => {
  expect(merged({ a: [1] }, { a: [1, 2] }, { a: [] })).toEqual({ a: [1, 2] });
});

test("what was taken away here stays away", () => {
  const base = { texts: { greeting: "Hi", title: "Chat" } as Record<string, string> };
  const mine = { texts: { title: "Chat" } as Record<string, string> };
  expect(merged(base, mine, { texts: { greeting: "Hi", title: "Talk" } })).toEqual({
    texts: { title: "Talk" },
  });
});

test("only what differs is named", () => {
  expect(differing({ a: { b: 1 }, c: [1] }, { a: { b: 1 }, c: [2] })).toEqual(["c"]);
  expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(true);
});
