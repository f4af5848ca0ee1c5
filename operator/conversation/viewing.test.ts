import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Call } from "../shell/call.ts";
import { COLLEAGUE } from "../testing/samples.ts";
import { createViewing } from "./viewing.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const soon = (seconds: number) => new Date(Date.now() + 1000 * seconds).toISOString();

function board() {
  const call = vi.fn(async (..._given: unknown[]) => ({
    others: [{ operator: COLLEAGUE, until: soon(35) }],
  }));
  const made = createViewing("me", call as unknown as Call);
  return { call, board: made, names: () => made.others.value.map(({ name }) => name) };
}

test("it says so while the chat is in view, and hears who else is there", async () => {
  const { call, board: made, names } = board();
  made.look("c1");
  await vi.advanceTimersByTimeAsync(16_000);
  expect(call).toHaveBeenCalledTimes(2);
  expect(names()).toEqual(["Marten Kask"]);
  made.look(null);
  expect(call).toHaveBeenLastCalledWith("conversation.viewing", {
    conversation: "c1",
    open: false,
  });
  expect(names()).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(call).toHaveBeenCalledTimes(3);
  made.close();
});

test("who leaves goes at once, who only falls silent goes by itself", async () => {
  const { board: made, names } = board();
  made.look("c1");
  const came = { conversation: "c1", operator: COLLEAGUE };
  made.heard({ ...came, until: soon(5) });
  expect(names()).toEqual(["Marten Kask"]);
  made.heard({ ...came, until: null });
  expect(names()).toEqual([]);
  made.heard({ ...came, conversation: "c2", until: soon(5) });
  expect(names()).toEqual([]);
  made.close();
});

test("chats that are leafed through are looked at by nobody", async () => {
  const { call, board: made } = board();
  for (const chat of ["a", "b", "c"]) made.look(chat);
  await vi.advanceTimersByTimeAsync(400);
  const said = call.mock.calls.filter(([, given]) => (given as { open: boolean }).open);
  expect(said).toHaveLength(1);
  made.close();
});
