import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTurn } from "./turn.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Tabs of one browser: one storage, and its locks. */
function tabs(count: number) {
  const kept = new Map<string, string>();
  const store = {
    get: (name: string) => kept.get(name) ?? null,
    set: (name: string, value: string | null) => void kept.set(name, value ?? ""),
  };
  return Array.from({ length: count }, () => createTurn(store));
}

async function rung(asked: Promise<boolean>[]): Promise<number> {
  await vi.advanceTimersByTimeAsync(500);
  return (await Promise.all(asked)).filter(Boolean).length;
}

test("of five tabs one rings", async () => {
  expect(await rung(tabs(5).map((tab) => tab.take("m1")))).toBe(1);
});

test("not again within three seconds, then again", async () => {
  const [tab] = tabs(1);
  expect(await rung([tab?.take("m1") ?? Promise.resolve(false)])).toBe(1);
  expect(await rung([tab?.take("m2") ?? Promise.resolve(false)])).toBe(0);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await rung([tab?.take("m3") ?? Promise.resolve(false)])).toBe(1);
});

test("what is looked at in one tab rings in no other", async () => {
  const [one, other] = tabs(2);
  one?.seen("m1");
  expect(await rung([other?.take("m1") ?? Promise.resolve(true)])).toBe(0);
  expect(await rung([other?.take("m2") ?? Promise.resolve(false)])).toBe(1);
});
