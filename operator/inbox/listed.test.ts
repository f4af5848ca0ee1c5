import { expect, test } from "vitest";
import type { OperatorConversation } from "../../browser/protocol.ts";
import { answered, at, COLLEAGUE, conversation, row, waiting } from "../testing/samples.ts";
import {
  changed,
  extended,
  howManyWait,
  type Listed,
  NOTHING,
  ordered,
  without,
} from "./listed.ts";
import { belongs, type ViewName } from "./order.ts";

function ids(list: Listed): string[] {
  const { waiting: first, answered: rest } = ordered(list);
  return [...first, ...rest].map(({ id }) => id);
}

const two = extended(NOTHING, {
  rows: [row(waiting("w", at("12:00:00")), 5), row(answered("a", at("11:00:00")), 5)],
  next: null,
  waiting: 1,
});

const shows = (view: ViewName) => (one: OperatorConversation) =>
  belongs(view, one, { id: "me", teams: new Set() });

test("a frame brings a chat into the view", () => {
  const list = changed(two, shows("all"), row(waiting("new", at("12:30:00")), 1));
  expect(ids(list)).toEqual(["w", "new", "a"]);
});

test("an answer moves the row below those who wait", () => {
  const list = changed(two, shows("all"), row(answered("w", at("12:40:00")), 6));
  expect(ids(list)).toEqual(["w", "a"]);
  expect(ordered(list).waiting).toEqual([]);
});

test("an older frame changes nothing", () => {
  expect(changed(two, shows("all"), row(answered("w", at("12:40:00")), 5))).toBe(two);
});

test("a row leaves when it belongs elsewhere, and an older frame does not bring it back", () => {
  const taken = { ...waiting("w", at("12:00:00")), assignee: COLLEAGUE };
  const list = changed(two, shows("queue"), row(taken, 7));
  expect(ids(list)).toEqual(["a"]);
  expect(ids(changed(list, shows("queue"), row(waiting("w", at("12:00:00")), 6)))).toEqual(["a"]);
  const again = { rows: [row(waiting("w", at("12:00:00")), 6)], next: null, waiting: 1 };
  expect(ids(extended(list, again))).toEqual(["a"]);
});

test("a closed chat leaves the open views and enters the closed one", () => {
  const closed = row(conversation({ id: "w", status: "closed" }), 8);
  expect(ids(changed(two, shows("all"), closed))).toEqual(["a"]);
  expect(ids(changed(NOTHING, shows("closed"), closed))).toEqual(["w"]);
});

test("a page keeps the newer row that a frame has brought", () => {
  const list = changed(two, shows("all"), row(answered("w", at("12:40:00")), 9));
  const page = { rows: [row(waiting("w", at("12:00:00")), 5)], next: null, waiting: 1 };
  expect(extended(list, page).rows.get("w")?.rev).toBe(9);
});

test("what lies beyond the pages that were read comes with its own page", () => {
  const part = extended(NOTHING, {
    rows: [row(waiting("w1", at("10:00:00"))), row(waiting("w2", at("11:00:00")))],
    next: "cursor",
    waiting: 70,
  });
  expect(ids(changed(part, shows("all"), row(waiting("w3", at("12:00:00")), 1)))).toEqual([
    "w1",
    "w2",
  ]);
  expect(ids(changed(part, shows("all"), row(waiting("w0", at("09:00:00")), 1)))).toEqual([
    "w0",
    "w1",
    "w2",
  ]);
  expect(howManyWait(part)).toBe(70);
});

test("who waits is counted as frames come", () => {
  expect(howManyWait(two)).toBe(1);
  expect(howManyWait(changed(two, shows("all"), row(waiting("n", at("12:30:00")), 1)))).toBe(2);
  expect(howManyWait(changed(two, shows("all"), row(answered("w", at("12:40:00")), 6)))).toBe(0);
  expect(howManyWait(without(two, "w", 5))).toBe(0);
});
