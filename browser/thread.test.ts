import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Change, Sync } from "./apply.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { createThread } from "./thread.ts";

interface Message {
  id: string;
  seq: number;
  rev: number;
}

const message = (n: number): Message => ({ id: `m${n}`, seq: n, rev: n });
const change = (rev: number): Change<Message, object> => ({
  id: "c",
  rev,
  conversation: {},
  messages: [message(rev)],
});
const page = (rev: number, after: number): Sync<Message, object> => ({
  ...{ id: "c", rev, conversation: {}, reset: false, earlier: false },
  messages: Array.from({ length: rev - after }, (_, i) => message(after + i + 1)),
});

/** A server at revision `rev`, or one that refuses. */
function setUp(server: { rev: number } | Refusal) {
  const pulls: number[] = [];
  const gone = vi.fn();
  const thread = createThread<Message, object>({
    order: ({ seq }) => seq,
    pull(after) {
      pulls.push(after);
      return Promise.resolve("error" in server ? server : page(server.rev, after));
    },
    gone,
  });
  return { thread, pulls, gone, rev: () => thread.state.value.rev };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("takes pushes in order without asking", async () => {
  const { thread, pulls, rev } = setUp({ rev: 2 });
  thread.apply(change(1));
  thread.apply(change(2));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rev()).toBe(2);
  expect(pulls).toEqual([]);
});

test("a hole that fills within 300 ms costs nothing", async () => {
  const { thread, pulls, rev } = setUp({ rev: 2 });
  thread.apply(change(2));
  await vi.advanceTimersByTimeAsync(299);
  thread.apply(change(1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rev()).toBe(2);
  expect(pulls).toEqual([]);
});

test("a hole that stays is pulled, once", async () => {
  const { thread, pulls, rev } = setUp({ rev: 3 });
  thread.apply(change(1));
  thread.apply(change(3));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pulls).toEqual([1]);
  expect(rev()).toBe(3);
});

test("a beacon finds a lost last frame", async () => {
  const { thread, pulls, rev } = setUp({ rev: 2 });
  thread.apply(change(1));
  thread.check(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(pulls).toEqual([]);
  thread.check(2);
  await vi.advanceTimersByTimeAsync(300);
  expect(pulls).toEqual([1]);
  expect(rev()).toBe(2);
});

describe("an ack", () => {
  test("settles when its change is in", async () => {
    const { thread, rev } = setUp({ rev: 1 });
    await thread.settle({ rev: 1, change: change(1) });
    expect(rev()).toBe(1);
  });

  test("waits for the changes before its own", async () => {
    const { thread } = setUp({ rev: 2 });
    const settled = vi.fn();
    void thread.settle({ rev: 2, change: change(2) }).then(settled);
    await vi.advanceTimersByTimeAsync(100);
    expect(settled).not.toHaveBeenCalled();
    thread.apply(change(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toHaveBeenCalled();
  });

  test("of a repeated send brings no change: what is missing is pulled", async () => {
    const { thread, pulls, rev } = setUp({ rev: 4 });
    void thread.settle({ rev: 4, change: null });
    await vi.advanceTimersByTimeAsync(300);
    expect(pulls).toEqual([0]);
    expect(rev()).toBe(4);
  });
});

describe("a pull that is refused", () => {
  test("is repeated after a while, as the server asks", async () => {
    const { thread, pulls } = setUp({ error: { code: "retry_later", retry_after: 5 } });
    thread.apply(change(2));
    await vi.advanceTimersByTimeAsync(5299);
    expect(pulls).toEqual([0]);
    await vi.advanceTimersByTimeAsync(1);
    expect(pulls).toEqual([0, 0]);
    thread.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pulls).toHaveLength(2);
  });

  test("offline, waits for the next connection", async () => {
    const { thread, pulls } = setUp(refusal("offline"));
    thread.apply(change(2));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pulls).toEqual([0]);
  });

  test("of a conversation out of reach says so", async () => {
    const { thread, gone } = setUp(refusal("not_found"));
    thread.pull();
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toHaveBeenCalledOnce();
  });
});

test("closing settles what still waited", async () => {
  const { thread } = setUp(refusal("offline"));
  const settled = thread.settle({ rev: 7, change: null });
  thread.close();
  await expect(settled).resolves.toBeUndefined();
});
