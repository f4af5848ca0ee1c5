import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { empty, type State } from "../../browser/apply.ts";
import type { VisitorConversation, VisitorMessage } from "../../browser/protocol.ts";
import { reportReading, unreadOf } from "./reading.ts";
import { conversation, LIISA, message } from "./testing.ts";

type Known = State<VisitorMessage, VisitorConversation>;

const stateOf = (messages: VisitorMessage[], part = {}): Known => ({
  ...empty(),
  conversation: conversation(part),
  messages,
});
const answer = (seq: number, part = {}) => message(seq, { author: LIISA, ...part });

function setUp(first: Known | null) {
  const state = signal(first);
  const seen = signal(true);
  const online = signal(true);
  const marks: string[] = [];
  const stop = reportReading({
    ...{ state, seen, online },
    mark: (command, id, seq) => marks.push(`${command} ${id} ${seq}`),
  });
  return { state, seen, online, marks, stop };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("says the highest once, however often the state changes", async () => {
  const { state, marks } = setUp(stateOf([message(1), answer(2)]));
  await vi.advanceTimersByTimeAsync(0);
  for (const seq of [3, 4, 5]) state.value = stateOf([answer(2), answer(seq)]);
  await vi.advanceTimersByTimeAsync(999);
  expect(marks).toEqual(["mark.read c 2"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(marks).toEqual(["mark.read c 2", "mark.read c 5"]);
  state.value = stateOf([answer(5)]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(marks).toHaveLength(2);
});

test("what nobody sees is delivered; it is read when it is looked at", async () => {
  const { seen, marks } = setUp(stateOf([answer(1)]));
  seen.value = false;
  await vi.advanceTimersByTimeAsync(0);
  expect(marks).toEqual(["mark.delivered c 1"]);
  seen.value = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(marks).toEqual(["mark.delivered c 1", "mark.read c 1"]);
});

test("a thread that is out of sight is never read, and no second has two marks", async () => {
  const { state, seen, marks } = setUp(null);
  const at: number[] = [];
  let hidden = 0;
  for (let step = 1; step <= 300; step++) {
    // Changes at uneven times; out of sight for seconds, in sight for seconds.
    seen.value = step % 70 < 30;
    state.value = stateOf([answer(step)]);
    const before = marks.length;
    await vi.advanceTimersByTimeAsync((step * 37) % 230);
    for (const mark of marks.slice(before)) {
      at.push(Date.now());
      if (!seen.value) {
        hidden++;
        expect(mark).toContain("mark.delivered");
      }
    }
  }
  expect(hidden).toBeGreaterThan(5);
  expect(marks.filter((mark) => mark.startsWith("mark.read")).length).toBeGreaterThan(5);
  // Seen at the end of a step of at most 230 ms.
  for (const [i, time] of at.entries())
    expect(time - (at[i - 2] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(2000 - 230);
});

test("says nothing of own messages, nor of what the server knows", async () => {
  const read = { visitor: 2, operator: 0 };
  const { marks } = setUp(stateOf([answer(2), message(3)], { read, delivered: read }));
  await vi.advanceTimersByTimeAsync(5000);
  expect(marks).toEqual([]);
});

test("says it again after the line broke", async () => {
  const { online, marks } = setUp(stateOf([answer(1)]));
  await vi.advanceTimersByTimeAsync(0);
  online.value = false;
  await vi.advanceTimersByTimeAsync(5000);
  online.value = true;
  await vi.advanceTimersByTimeAsync(0);
  expect(marks).toEqual(["mark.read c 1", "mark.read c 1"]);
});

test("unread are others' messages after the one that was read", () => {
  const state = stateOf(
    [answer(1), answer(2), message(3), answer(4), answer(5, { deleted: true })],
    {
      read: { visitor: 1, operator: 0 },
    },
  );
  expect(unreadOf(state).map(({ seq }) => seq)).toEqual([2, 4]);
  expect(unreadOf(null)).toEqual([]);
});
