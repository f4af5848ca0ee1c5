import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { VisitorMessage } from "../../browser/protocol.ts";
import { createStore } from "../../browser/store.ts";
import { FakeSocket, OPEN } from "../../browser/testing/fake-socket.ts";
import { createChat } from "./chat.ts";
import { meetHostPage } from "./host-page.ts";
import { createSession } from "./session.ts";
import { conversation, LIISA, message } from "./testing.ts";

const AT = "2026-11-19T12:00:00.000Z";
/** Tokens that the server will give, one after the other; then it has none. */
let tokens: string[] = [];
let asked = 0;

/** The widget from its start until it is online, or refused. */
function widget() {
  const store = createStore("kell.k.");
  const page = meetHostPage();
  const chat = createChat(createSession("k", store, page), store, page);
  const texts = () => [
    ...(chat.state.value?.messages ?? []).map(({ text }) => text),
    ...chat.drafts.value.map(({ text, state }) => `${text} ${state}`),
  ];
  return { chat, texts };
}

const tick = () => vi.advanceTimersByTimeAsync(0);

async function join(conversation: { id: string; rev: number } | null = null): Promise<void> {
  const socket = FakeSocket.last();
  socket.says(OPEN);
  await tick();
  says("welcome", { at: AT, visitor: "v", conversation });
  socket.says('40/visitor,{"sid":"x"}');
  await tick();
}

function says(event: string, data: object): void {
  FakeSocket.last().says(`42/visitor,${JSON.stringify([event, data])}`);
}

/** The last command of this name that was sent, and a way to answer it. */
function sent(name: string) {
  const packet = FakeSocket.last().sent.findLast((frame) => frame.includes(`["${name}"`)) ?? "";
  const [, id, json = "[]"] = /^42\/visitor,(\d+)(.*)$/s.exec(packet) ?? [];
  return {
    input: JSON.parse(json)[1],
    async answer(answer: object) {
      FakeSocket.last().says(`43/visitor,${id}${JSON.stringify([answer])}`);
      await tick();
    },
  };
}

function change(rev: number, messages: VisitorMessage[], part = {}) {
  const id = messages[0]?.id.startsWith("new") ? "new" : "c";
  return { id, rev, conversation: conversation({ id, seq: rev, ...part }), messages };
}

const page = (rev: number, messages: VisitorMessage[], part = {}) => ({
  ...change(rev, messages, part),
  ...{ reset: false, earlier: false },
});

const ack = (rev: number, clientId: string, text: string) => ({
  ...{ id: `m${rev}`, seq: rev, rev, at: AT },
  change: change(rev, [message(rev, { client_id: clientId, text })]),
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("fetch", () => {
    asked++;
    const token = tokens.shift();
    return Promise.resolve(
      new Response(JSON.stringify(token ? { token } : { error: { code: "not_found" } })),
    );
  });
  FakeSocket.all = [];
  tokens = ["t1", "t2"];
  asked = 0;
  localStorage.clear();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a new visitor", () => {
  test("gets a token, and begins a chat with the first message", async () => {
    const { chat, texts } = widget();
    expect(chat.loading.value).toBe(true);
    await join();
    expect(FakeSocket.last().sent[0]).toBe('40/visitor,{"token":"t1"}');
    expect(chat.loading.value).toBe(false);
    chat.send("hello");
    expect(texts()).toEqual(["hello sending"]);
    const start = sent("chat.start");
    expect(start.input).toMatchObject({ text: "hello", form: {} });
    await start.answer({ ...ack(1, start.input.client_id, "hello"), conversation: "c" });
    expect(texts()).toEqual(["hello"]);
    chat.send("one more");
    expect(sent("message.send").input).toMatchObject({ conversation: "c", text: "one more" });
  });

  test("writes before there is a connection, and it goes out", async () => {
    const { chat, texts } = widget();
    chat.send("early");
    await tick();
    expect(texts()).toEqual(["early waiting"]);
    await join();
    expect(sent("chat.start").input.text).toBe("early");
  });

  test("is told when the site has no chat", async () => {
    tokens = [];
    const { chat } = widget();
    FakeSocket.last().says(OPEN);
    await tick();
    expect(chat.refusal.value?.error.code).toBe("not_found");
  });
});

describe("a visitor who comes back", () => {
  beforeEach(() => localStorage.setItem("kell.k.token", "kept"));

  test("finds the same chat", async () => {
    const { chat, texts } = widget();
    await join({ id: "c", rev: 2 });
    expect(asked).toBe(0);
    expect(chat.loading.value).toBe(true);
    expect(sent("conversation.sync").input).toEqual({ conversation: "c", after: 0 });
    await sent("conversation.sync").answer(page(2, [message(1), message(2, { author: LIISA })]));
    expect(chat.loading.value).toBe(false);
    expect(texts()).toEqual(["text 1", "text 2"]);
  });

  test("sends what a reload interrupted, with its old id", async () => {
    const before = widget();
    await join({ id: "c", rev: 1 });
    await sent("conversation.sync").answer(page(1, [message(1)]));
    before.chat.send("interrupted");
    const { client_id } = sent("message.send").input;
    const { texts } = widget();
    await join({ id: "c", rev: 1 });
    await sent("conversation.sync").answer(page(1, [message(1)]));
    expect(texts()).toEqual(["text 1", "interrupted sending"]);
    const again = sent("message.send");
    expect(again.input.client_id).toBe(client_id);
    // It had arrived: the answer is the old one, and has nothing to show.
    await again.answer({ id: "m2", seq: 2, rev: 2, at: AT, change: null });
    expect(texts()).toEqual(["text 1", "interrupted sent"]);
    await vi.advanceTimersByTimeAsync(300);
    const missing = message(2, { client_id, text: "interrupted" });
    await sent("conversation.sync").answer(page(2, [missing]));
    expect(texts()).toEqual(["text 1", "interrupted"]);
  });

  test("becomes a new one when the token is not known any more, once", async () => {
    const { chat } = widget();
    const refuse = '44/visitor,{"message":"x","data":{"error":{"code":"unauthenticated"}}}';
    FakeSocket.last().says(OPEN);
    await tick();
    FakeSocket.last().says(refuse);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last().says(OPEN);
    await tick();
    expect(FakeSocket.last().sent).toEqual(['40/visitor,{"token":"t1"}']);
    expect(chat.refusal.value).toBeNull();
    FakeSocket.last().says(refuse);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(2);
    expect(chat.refusal.value?.error.code).toBe("unauthenticated");
  });

  test("writes to a chat that is over, and thereby begins a new one", async () => {
    const { chat, texts } = widget();
    await join({ id: "c", rev: 1 });
    const over = { status: "closed", closed_at: AT } as const;
    await sent("conversation.sync").answer(page(1, [message(1)], over));
    chat.send("me again");
    await sent("message.send").answer({ error: { code: "conversation_closed" } });
    const start = sent("chat.start");
    expect(start.input.text).toBe("me again");
    const first = message(1, { id: "new1", client_id: start.input.client_id, text: "me again" });
    await start.answer({
      ...{ conversation: "new", id: "new1", seq: 1, rev: 1, at: AT },
      change: change(1, [first]),
    });
    expect(texts()).toEqual(["me again"]);
  });
});

describe("in a chat", () => {
  async function open() {
    localStorage.setItem("kell.k.token", "kept");
    const made = widget();
    await join({ id: "c", rev: 1 });
    await sent("conversation.sync").answer(page(1, [message(1)]));
    return made;
  }

  test("an answer appears, and a deleted one goes", async () => {
    const { texts } = await open();
    says("conversation.changed", change(2, [message(2, { author: LIISA })]));
    expect(texts()).toEqual(["text 1", "text 2"]);
    says(
      "conversation.changed",
      change(3, [message(2, { rev: 3, author: LIISA, deleted: true, text: null })]),
    );
    expect(texts()).toEqual(["text 1", null]);
  });

  test("what is answered goes along, and no word of it stays once it is deleted", async () => {
    const { chat } = await open();
    const quote = { id: "m1", seq: 1, author: LIISA, text: "text 1", deleted: false };
    chat.send("this", quote);
    expect(sent("message.send").input).toMatchObject({ text: "this", quote: "m1" });
    says("conversation.changed", change(2, [message(1, { rev: 2, deleted: true, text: null })]));
    expect(chat.drafts.value[0]?.quote).toMatchObject({ id: "m1", text: null, deleted: true });
    // A quote that is not there is no reason to begin another chat.
    await sent("message.send").answer({ error: { code: "not_found", field: "quote" } });
    expect(chat.drafts.value[0]).toMatchObject({ conversation: "c", state: "failed" });
  });

  test("who types is shown, until they stop or have said it", async () => {
    const { chat } = await open();
    const typing = { conversation: "c", author: LIISA, until: "2026-11-19T12:00:06.000Z" };
    says("typing", typing);
    expect(chat.typing.value).toEqual(LIISA);
    await vi.advanceTimersByTimeAsync(6000);
    expect(chat.typing.value).toBeNull();
    says("typing", { ...typing, until: "2026-11-19T12:00:12.000Z" });
    says("conversation.changed", change(2, [message(2, { author: LIISA })]));
    expect(chat.typing.value).toBeNull();
    says("typing", { ...typing, conversation: "another" });
    expect(chat.typing.value).toBeNull();
  });

  test("typing is told at most every three seconds", async () => {
    const { chat } = await open();
    const told = () => FakeSocket.last().sent.filter((frame) => frame.includes('["typing"'));
    for (let second = 0; second < 6; second++) {
      chat.typed();
      chat.typed();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(told()).toHaveLength(2);
  });

  test("a beacon finds what was lost", async () => {
    const { texts } = await open();
    says("beacon", { at: AT, revs: { c: 2 } });
    await vi.advanceTimersByTimeAsync(300);
    expect(sent("conversation.sync").input).toEqual({ conversation: "c", after: 1 });
    await sent("conversation.sync").answer(page(2, [message(2, { author: LIISA })]));
    expect(texts()).toEqual(["text 1", "text 2"]);
  });

  test("what is read is told, once", async () => {
    await open();
    says("conversation.changed", change(2, [message(2, { author: LIISA })]));
    await tick();
    expect(sent("mark.read").input).toEqual({ conversation: "c", seq: 2 });
  });

  test("a hidden tab says what has come, and only once it is seen that it is read", async () => {
    await open();
    const hide = (hidden: boolean) => {
      vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
      document.dispatchEvent(new Event("visibilitychange"));
    };
    const told = (name: string) =>
      FakeSocket.last().sent.filter((frame) => frame.includes(`["${name}"`)).length;
    hide(true);
    for (const rev of [2, 3, 4]) {
      says("conversation.changed", change(rev, [message(rev, { author: LIISA })]));
      await vi.advanceTimersByTimeAsync(3000);
    }
    expect([told("mark.delivered"), told("mark.read")]).toEqual([3, 0]);
    hide(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent("mark.read").input).toEqual({ conversation: "c", seq: 4 });
    expect(told("mark.read")).toBe(1);
  });

  test("a chat begun in another tab takes its place, a gone one leaves", async () => {
    const { chat, texts } = await open();
    const first = message(1, { id: "new1", text: "elsewhere" });
    says("conversation.changed", change(1, [first], { created_at: "2026-11-20T12:00:00.000Z" }));
    expect(texts()).toEqual(["elsewhere"]);
    says("conversation.changed", change(2, [message(2)]));
    expect(texts()).toEqual(["elsewhere"]);
    says("conversation.gone", { id: "new" });
    expect(chat.state.value).toBeNull();
  });

  test("without a network a message waits, and goes when it is back", async () => {
    const { chat, texts } = await open();
    FakeSocket.last().breaks();
    chat.send("later");
    await tick();
    expect(chat.network.value).toBe("offline");
    expect(texts()).toEqual(["text 1", "later waiting"]);
    await vi.advanceTimersByTimeAsync(500);
    await join({ id: "c", rev: 1 });
    const { client_id } = sent("message.send").input;
    await sent("message.send").answer(ack(2, client_id, "later"));
    expect(texts()).toEqual(["text 1", "later"]);
  });
});
