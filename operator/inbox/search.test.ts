import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FoundRow, SearchPage } from "../../browser/protocol.ts";
import { refusal } from "../../browser/refusal.ts";
import type { Call } from "../shell/call.ts";
import { change, message } from "../testing/samples.ts";
import { createSearch } from "./search.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const page = (ids: string[], next: string | null = null): SearchPage => ({
  rows: ids.map((id) => ({ id }) as FoundRow),
  next,
});

function searching(...pages: object[]) {
  const call = vi.fn(async (..._given: unknown[]) => pages.shift() ?? refusal("internal"));
  const search = createSearch(call as unknown as Call);
  return { call, search, ids: () => search.rows.value.map(({ id }) => id) };
}

test("it asks once the hand rests, for the last word", async () => {
  const { call, search, ids } = searching(page(["a"]));
  for (const text of ["m", "mu", "muhu"]) search.write(text);
  await vi.advanceTimersByTimeAsync(200);
  expect(call.mock.calls).toEqual([["inbox.search", { q: "muhu", after: null }]]);
  expect(ids()).toEqual(["a"]);
});

test("empty pages are passed over, and a chat comes once", async () => {
  const { search, ids } = searching(page([], "1"), page(["a"], "2"), page(["a", "b"]));
  search.write("muhu");
  await vi.advanceTimersByTimeAsync(200);
  expect(ids()).toEqual(["a"]);
  await search.readMore();
  expect(ids()).toEqual(["a", "b"]);
  expect(search.more.value).toBe(false);
});

test("an empty field rests, and a late answer changes nothing", async () => {
  const { search, ids } = searching(page(["a"]));
  search.write("muhu");
  vi.advanceTimersByTime(200);
  search.write("");
  await vi.advanceTimersByTimeAsync(0);
  expect(search.state.value).toBe("idle");
  expect(ids()).toEqual([]);
});

test("a refusal is said and can be tried again", async () => {
  const { search, ids } = searching(refusal("internal"), page(["a"]));
  search.write("muhu");
  await vi.advanceTimersByTimeAsync(200);
  expect(search.state.value).toBe("failed");
  search.again();
  await vi.advanceTimersByTimeAsync(0);
  expect(ids()).toEqual(["a"]);
});

describe("what is found", () => {
  const found = (id: string, text: string, field: "message" | "name" = "message"): FoundRow =>
    ({
      ...{ id, rev: 1, conversation: change(1).conversation },
      hit: { field, text, message: field === "message" ? `${id}-hit` : null },
    }) as unknown as FoundRow;
  const deletion = (id: string, rev = 2) =>
    change(rev, [message({ id, deleted: true, text: null })], { number: 8 });

  test("goes with the message that was deleted, and shows what its chat is now", async () => {
    const rows = [found("a", "muhu"), found("b", "muhu"), found("c1", "Muhu", "name")];
    const { search, ids } = searching({ rows, next: null });
    search.write("muhu");
    await vi.advanceTimersByTimeAsync(200);
    search.changed(deletion("a-hit"));
    expect(ids()).toEqual(["b", "c1"]);
    expect(search.rows.value[1]).toMatchObject({ rev: 2, conversation: { number: 8 } });
  });

  test("goes with the chat that left our reach", async () => {
    const { search, ids } = searching({ rows: [found("a", "muhu")], next: null });
    search.write("muhu");
    await vi.advanceTimersByTimeAsync(200);
    search.gone("a");
    expect(ids()).toEqual([]);
  });

  test("is asked for again if a deletion comes before the answer", async () => {
    const { search, ids, call } = searching(page(["a", "b"]), page(["b"]));
    search.write("muhu");
    vi.advanceTimersByTime(180);
    search.changed(deletion("a-hit"));
    await vi.advanceTimersByTimeAsync(0);
    expect(call).toHaveBeenCalledTimes(2);
    expect(ids()).toEqual(["b"]);
  });
});
