import { expect, test } from "vitest";
import { answered, at, COLLEAGUE, conversation, ME, row, waiting } from "../testing/samples.ts";
import { belongs, byPlace, placeOf } from "./order.ts";

function order(...shown: ReturnType<typeof conversation>[]): string[] {
  return shown
    .map((one) => row(one))
    .sort((a, b) => byPlace(placeOf(a), placeOf(b)))
    .map(({ id }) => id);
}

test("who waits longest stands first", () => {
  const later = waiting("later", at("12:05:00"));
  const longest = waiting("longest", at("11:00:00"));
  expect(order(later, longest)).toEqual(["longest", "later"]);
});

test("the answered follow, the newest message first", () => {
  const old = answered("old", at("08:00:00"));
  const fresh = answered("fresh", at("13:00:00"));
  expect(order(old, waiting("waits", at("12:00:00")), fresh)).toEqual(["waits", "fresh", "old"]);
});

test("equal times are ordered by id, as the server's cursor does", () => {
  const time = at("12:00:00");
  expect(order(waiting("b", time), waiting("a", time))).toEqual(["a", "b"]);
  expect(order(answered("a", time), answered("b", time))).toEqual(["b", "a"]);
});

test("a view shows what belongs to it", () => {
  const mine = conversation({ assignee: ME });
  const theirs = conversation({ assignee: COLLEAGUE });
  const nobodys = conversation();
  const closed = conversation({ status: "closed", assignee: ME });
  const shown = (view: Parameters<typeof belongs>[0]) =>
    [mine, theirs, nobodys, closed].map((one) =>
      belongs(view, one, { id: "me", teams: new Set(["team"]) }),
    );
  expect(shown("all")).toEqual([true, true, true, false]);
  expect(shown("mine")).toEqual([true, false, false, false]);
  expect(shown("queue")).toEqual([false, false, true, false]);
  expect(shown("team")).toEqual([true, true, true, false]);
  expect(shown("closed")).toEqual([false, false, false, true]);
});
