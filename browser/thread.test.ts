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

describe("scrolling up", () => {
  function setUpPages() {
    const asked: number[] = [];
    let answer: () => void = () => {};
    const thread = createThread<Message, object>({
      order: ({ seq }) => seq,
      pull: () => Promise.resolve(refusal("offline")),
      older(before) {
        asked.push(before);
        return new Promise((settle) => {
          answer = () =>
            settle({ messages: [message(before - 2), message(before - 1)], earlier: before > 3 });
        });
      },
    });
    const newest = (first: number) => ({
      ...{ id: "c", rev: first + 1, conversation: {}, reset: true, earlier: true },
      messages: [message(first), message(first + 1)],
    });
    const shown = () => thread.state.value.messages.map(({ seq }) => seq);
    return { thread, asked, newest, shown, answers: () => answer() };
  }

  test("reads the page before the oldest message, once, up to the first", async () => {
    const { thread, asked, newest, shown, answers } = setUpPages();
    thread.load(newest(5));
    const first = [thread.readEarlier(), thread.readEarlier()];
    answers();
    expect(await Promise.all(first)).toEqual([true, true]);
    expect(shown()).toEqual([3, 4, 5, 6]);
    const second = thread.readEarlier();
    answers();
    await second;
    expect(shown()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await thread.readEarlier()).toBe(false);
    expect(asked).toEqual([5, 3]);
  });

  test("a page that a newer one has overtaken would leave a hole: it is dropped", async () => {
    const { thread, newest, shown, answers } = setUpPages();
    thread.load(newest(5));
    const read = thread.readEarlier();
    thread.load(newest(50));
    answers();
    expect(await read).toBe(false);
    expect(shown()).toEqual([50, 51]);
  });

  test("a page that was read before something up there was deleted is read again", async () => {
    const { thread, asked, newest, shown, answers } = setUpPages();
    thread.load(newest(5));
    const read = thread.readEarlier();
    thread.apply({ ...change(7), messages: [{ ...message(3), rev: 7 }] });
    answers();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([5, 5]);
    expect(shown()).toEqual([5, 6]);
    answers();
    expect(await read).toBe(true);
    expect(shown()).toEqual([3, 4, 5, 6]);
  });
});
