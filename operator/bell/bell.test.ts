import { expect, test } from "vitest";
import { COLLEAGUE, change, ME, message } from "../testing/samples.ts";
import { rings } from "./bell.ts";

const NOW = Date.parse("2026-11-19T12:00:01.000Z");
const asked = (part = {}) => message({ id: "m7", seq: 7, rev: 7, ...part });
const heard = (part = {}, conversation = {}) =>
  rings(change(7, [asked(part)], { seq: 7, ...conversation }), "me", NOW);

test("a visitor's message rings when it is ours or nobody's", () => {
  expect(heard()).toBe("m7");
  expect(heard({}, { assignee: ME })).toBe("m7");
  expect(heard({}, { assignee: COLLEAGUE })).toBeNull();
});

test("nothing else rings: our own words, notes, what is deleted, old, or only stamped anew", () => {
  expect(heard({ author: COLLEAGUE })).toBeNull();
  expect(heard({ kind: "note" })).toBeNull();
  expect(heard({ deleted: true })).toBeNull();
  expect(heard({ at: "2026-11-19T11:00:00.000Z" })).toBeNull();
  expect(heard({ seq: 3 })).toBeNull();
});
