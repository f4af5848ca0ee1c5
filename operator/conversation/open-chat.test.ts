import { expect, test, vi } from "vitest";
import { refusal } from "../../browser/refusal.ts";
import type { Call } from "../shell/call.ts";
import { change, message } from "../testing/samples.ts";
import { createOpenChat } from "./open-chat.ts";

const CARD = {
  id: "visitor",
  number: 4821,
  name: "Anu Saar",
  email: null,
  ip: null,
  user_agent: null,
  language: null,
  started_on: null,
  page: null,
  last_seen_at: "2026-11-19T12:00:00.000Z",
};

const line = (number: number, rev = number) =>
  message({ id: `m${number}`, line: number, seq: number, rev });

/** The newest page: lines 5 and 6 of a longer thread, at revision 6. */
const PAGE = {
  ...change(6, [line(5), line(6)], { seq: 6, lines: 6 }),
  reset: true,
  earlier: true,
  visitor: CARD,
};

/** A server that gives each command its answer. */
function opened(answers: Record<string, object>) {
  const call = vi.fn(async (command: string) => answers[command] ?? refusal("internal"));
  const took = vi.fn();
  const chat = createOpenChat("c1", "me", call as unknown as Call, took);
  return { chat, call, took, shown: () => chat.messages.value.map(({ id }) => id) };
}

test("it opens with the newest page and its visitor", async () => {
  const { chat, shown } = opened({ "conversation.open": PAGE });
  await chat.read();
  expect(chat.state.value).toBe("ready");
  expect(shown()).toEqual(["m5", "m6"]);
  expect(chat.visitor.value?.number).toBe(4821);
});

test("a push is shown, and a deleted message becomes its tombstone in place", async () => {
  const { chat, shown } = opened({ "conversation.open": PAGE });
  await chat.read();
  chat.apply(change(7, [line(7)]));
  chat.apply(change(8, [{ ...line(5, 8), deleted: true, text: null }]));
  expect(shown()).toEqual(["m5", "m6", "m7"]);
  expect(chat.messages.value[0]).toMatchObject({ deleted: true, text: null });
});

test("older pages come above", async () => {
  const { chat, shown } = opened({
    "conversation.open": PAGE,
    "conversation.earlier": { messages: [line(3), line(4)], earlier: false },
  });
  await chat.read();
  expect(await chat.readEarlier()).toBe(true);
  expect(shown()).toEqual(["m3", "m4", "m5", "m6"]);
  expect(await chat.readEarlier()).toBe(false);
});

test("a change of a message from an unread page does not stand above the read ones", async () => {
  const { chat, shown } = opened({
    "conversation.open": PAGE,
    "conversation.earlier": { messages: [line(1), line(2, 7), line(3), line(4)], earlier: false },
  });
  await chat.read();
  chat.apply(change(7, [{ ...line(2, 7), deleted: true, text: null }]));
  expect(shown()).toEqual(["m5", "m6"]);
  await chat.readEarlier();
  expect(shown()).toEqual(["m1", "m2", "m3", "m4", "m5", "m6"]);
});

test("a deed of ours shows at once in the thread and is told to the list", async () => {
  const closed = change(7, [], { status: "closed" });
  const { chat, took } = opened({
    "conversation.open": PAGE,
    "conversation.close": { rev: 7, change: closed },
  });
  await chat.read();
  await chat.do("conversation.close");
  expect(chat.conversation.value?.status).toBe("closed");
  expect(took).toHaveBeenCalledWith(closed);
});

test("a refused deed is said and changes nothing", async () => {
  const { chat } = opened({
    "conversation.open": PAGE,
    "conversation.take": refusal("already_taken"),
  });
  await chat.read();
  await chat.do("conversation.take");
  expect(chat.problem.value).toBe("already_taken");
  expect(chat.conversation.value?.assignee).toBeNull();
});

test("a chat that left our reach shows nothing any more", async () => {
  const { chat } = opened({ "conversation.open": PAGE });
  await chat.read();
  chat.gone();
  expect(chat.state.value).toBe("gone");
  expect(chat.visitor.value).toBeNull();
});

test("one that is not ours to see counts as gone, a failure can be tried again", async () => {
  const strange = opened({ "conversation.open": refusal("not_found") });
  await strange.chat.read();
  expect(strange.chat.state.value).toBe("gone");
  const broken = opened({ "conversation.open": refusal("internal") });
  await broken.chat.read();
  expect(broken.chat.state.value).toBe("failed");
});

test("who leafed through too quickly gets the chat when the time is over", async () => {
  vi.useFakeTimers();
  const answers: Record<string, object> = {
    "conversation.open": { error: { code: "rate_limited", retry_after: 3 } },
  };
  const { chat, call, shown } = opened(answers);
  await chat.read();
  expect(chat.state.value).toBe("failed");
  answers["conversation.open"] = PAGE;
  await vi.advanceTimersByTimeAsync(2900);
  expect(call).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(chat.state.value).toBe("ready");
  expect(shown()).toEqual(["m5", "m6"]);
  chat.close();
  vi.useRealTimers();
});

test("a chat that was closed meanwhile asks for nothing", async () => {
  vi.useFakeTimers();
  const { chat, call } = opened({
    "conversation.open": { error: { code: "rate_limited", retry_after: 3 } },
  });
  const answered = chat.read();
  chat.close();
  await answered;
  await vi.advanceTimersByTimeAsync(5000);
  expect(call).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

test("after a reconnect only what was missed is read, and the older pages stay", async () => {
  vi.useFakeTimers();
  const answers: Record<string, object> = {
    "conversation.open": PAGE,
    "conversation.earlier": { messages: [line(3), line(4)], earlier: true },
    "conversation.sync": { ...change(8, [line(7), line(8)]), reset: false, earlier: false },
  };
  const { chat, shown } = opened(answers);
  await chat.read();
  await chat.readEarlier();
  answers["conversation.open"] = { ...PAGE, ...change(8, [line(7), line(8)]) };
  await chat.read();
  await vi.advanceTimersByTimeAsync(300);
  expect(shown()).toEqual(["m3", "m4", "m5", "m6", "m7", "m8"]);
  vi.useRealTimers();
});

test("typing is told every three seconds at most", () => {
  vi.useFakeTimers();
  const { chat, call } = opened({});
  chat.typing();
  chat.typing();
  vi.advanceTimersByTime(3000);
  chat.typing();
  expect(call.mock.calls.filter(([command]) => command === "typing")).toHaveLength(2);
  vi.useRealTimers();
});

test("opened again it shows what it showed before, then what the server says", async () => {
  const first = opened({ "conversation.open": PAGE });
  await first.chat.read();
  first.chat.apply(change(7, [line(7)]));
  const kept = first.chat.keep();
  const now = { ...PAGE, ...change(8, [line(7), line(8)], { seq: 8, lines: 8 }) };
  const call = vi.fn(async () => now) as unknown as Call;
  const chat = createOpenChat("c1", "me", call, vi.fn(), kept);
  const shown = () => chat.messages.value.map(({ id }) => id);
  expect(chat.state.value).toBe("ready");
  expect(shown()).toEqual(["m5", "m6", "m7"]);
  await chat.read();
  expect(shown()).toEqual(["m7", "m8"]);
});

test("a chat that never loaded, or is gone, is not kept", async () => {
  const { chat } = opened({ "conversation.open": PAGE });
  expect(chat.keep()).toBeNull();
  await chat.read();
  chat.gone();
  expect(chat.keep()).toBeNull();
});
