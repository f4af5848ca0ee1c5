import { expect, test } from "vitest";
import { hold, settle } from "./hold.ts";

const shown = { waiting: ["a", "b"], answered: ["c"] };

test("nothing moves while the list is held", () => {
  const held = hold(shown, { waiting: ["b"], answered: ["a", "c"] });
  expect(held).toMatchObject({ ...shown, newcomers: 0 });
  expect(held.gaps.size).toBe(0);
});

test("who left is a gap, who came is counted", () => {
  const held = hold(shown, { waiting: ["new", "b"], answered: ["c"] });
  expect([...held.gaps]).toEqual(["a"]);
  expect(held.newcomers).toBe(1);
  expect(held.waiting).toEqual(["a", "b"]);
});

test("let go, the list shows what it should", () => {
  expect(settle({ waiting: ["new"], answered: [] })).toMatchObject({
    waiting: ["new"],
    newcomers: 0,
  });
});

test("the next page comes below while the list is held", () => {
  const held = hold(shown, { waiting: ["new", "a", "b"], answered: ["c", "d", "e"] });
  expect(held).toMatchObject({ waiting: ["a", "b"], answered: ["c", "d", "e"], newcomers: 1 });
  const among = hold({ waiting: ["a"], answered: [] }, { waiting: ["a", "b"], answered: ["c"] });
  expect(among).toMatchObject({ waiting: ["a", "b"], answered: ["c"], newcomers: 0 });
});
