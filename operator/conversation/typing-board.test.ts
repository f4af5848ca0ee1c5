import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { COLLEAGUE, ME, message, VISITOR } from "../testing/samples.ts";
import { createTypingBoard } from "./typing-board.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const until = (ms: number) => new Date(Date.now() + ms).toISOString();

function names(board: ReturnType<typeof createTypingBoard>): (string | null)[] {
  return (board.all.value.get("c1") ?? []).map(({ name }) => name);
}

test("typing dies by itself", () => {
  const board = createTypingBoard("me");
  board.heard({ conversation: "c1", author: VISITOR, until: until(6000) });
  board.heard({ conversation: "c1", author: COLLEAGUE, until: until(3000) });
  expect(names(board)).toEqual(["Anu Saar", "Marten Kask"]);
  vi.advanceTimersByTime(3000);
  expect(names(board)).toEqual(["Anu Saar"]);
  vi.advanceTimersByTime(3000);
  expect(names(board)).toEqual([]);
});

test("never longer than six seconds, whatever the clocks say", () => {
  const board = createTypingBoard("me");
  board.heard({ conversation: "c1", author: VISITOR, until: until(3_600_000) });
  vi.advanceTimersByTime(6000);
  expect(names(board)).toEqual([]);
});

test("whoever has sent is typing no more", () => {
  const board = createTypingBoard("me");
  board.heard({ conversation: "c1", author: VISITOR, until: until(6000) });
  board.wrote("c1", [message({ author: VISITOR })]);
  expect(names(board)).toEqual([]);
});

test("one's own typing is not shown", () => {
  const board = createTypingBoard("me");
  board.heard({ conversation: "c1", author: ME, until: until(6000) });
  expect(names(board)).toEqual([]);
});
