import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createOutbox, type Draft, type Outbox, pending } from "./outbox.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { createStore } from "./store.ts";

type Answer = { id: string; conversation?: string };

/** Each send waits until the test answers it. */
function setUp() {
  const sent: { draft: Draft; answer(answer: Answer | Refusal): Promise<void> }[] = [];
  const confirmed: string[] = [];
  const refused: string[] = [];
  let shown = () => {};
  const outbox: Outbox = createOutbox<Answer>({
    store: createStore("test."),
    send: (draft) =>
      new Promise((resolve) =>
        sent.push({
          draft,
          async answer(answer) {
            resolve(answer);
            await vi.advanceTimersByTimeAsync(0);
          },
        }),
      ),
    confirmed(draft, answer) {
      confirmed.push(`${draft.text} ${answer.id}`);
      return new Promise((resolve) => {
        shown = resolve;
      });
    },
    refused: (draft, { error }) => refused.push(`${draft.text} ${error.code}`),
  });
  const states = () => outbox.drafts.value.map(({ text, state }) => `${text} ${state}`);
  const last = () => {
    const one = sent.at(-1);
    if (!one) throw new Error("nothing was sent");
    return one;
  };
  return { outbox, sent, confirmed, refused, states, last, show: () => shown() };
}

const say = (text: string, conversation: string | null = "c") => ({ conversation, text });

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  localStorage.clear();
});

afterEach(() => {
  vi.useRealTimers();
});

test("of a message that was deleted no word stays in what quotes it", () => {
  const { outbox } = setUp();
  const author = { kind: "operator", id: "o", name: "Liisa", photo: null } as const;
  const quote = { id: "m1", seq: 1, author, text: "a secret", deleted: false };
  outbox.post({ ...say("this?"), quote });
  outbox.unquote("m1");
  expect(JSON.stringify({ ...localStorage })).not.toContain("secret");
  expect(outbox.drafts.value[0]?.quote).toEqual({ ...quote, text: null, deleted: true });
});

describe("sending", () => {
  test("goes out at once, and is kept until it is confirmed and shown", async () => {
    const { outbox, states, last, confirmed, show } = setUp();
    outbox.post(say("hello"));
    expect(states()).toEqual(["hello sending"]);
    expect(localStorage).toHaveLength(1);
    await last().answer({ id: "m1" });
    expect(confirmed).toEqual(["hello m1"]);
    expect(localStorage).toHaveLength(0);
    expect(states()).toEqual(["hello sent"]);
    show();
    await vi.advanceTimersByTimeAsync(0);
    expect(states()).toEqual([]);
  });

  test("keeps the order of a conversation, and does not wait for another", async () => {
    const { outbox, sent, last } = setUp();
    outbox.post(say("a1", "a"));
    outbox.post(say("a2", "a"));
    outbox.post(say("b1", "b"));
    expect(sent.map(({ draft }) => draft.text)).toEqual(["a1", "b1"]);
    await sent[0]?.answer({ id: "m1" });
    expect(last().draft.text).toBe("a2");
  });

  test.each(["offline", "timeout", "internal", "retry_later", "unauthenticated"])(
    "after %s tries again by itself, with the same id",
    async (code) => {
      const { outbox, sent, last, states } = setUp();
      outbox.post(say("hello"));
      for (const wait of [500, 1000, 2000]) {
        await last().answer(refusal(code));
        expect(states()).toEqual(["hello waiting"]);
        const tries = sent.length;
        await vi.advanceTimersByTimeAsync(wait - 1);
        expect(sent).toHaveLength(tries);
        await vi.advanceTimersByTimeAsync(1);
        expect(sent).toHaveLength(tries + 1);
      }
      expect(new Set(sent.map(({ draft }) => draft.client_id)).size).toBe(1);
    },
  );

  test("waits as long as the server asks, even if the network comes back meanwhile", async () => {
    const { outbox, sent, last } = setUp();
    outbox.post(say("hello"));
    await last().answer({ error: { code: "rate_limited", retry_after: 20 } });
    expect(outbox.drafts.value[0]?.code).toBe("rate_limited");
    outbox.wake();
    await vi.advanceTimersByTimeAsync(19_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
  });

  test("goes out at once when the network is back", async () => {
    const { outbox, sent, last } = setUp();
    outbox.post(say("hello"));
    await last().answer(refusal("offline"));
    outbox.wake();
    expect(sent).toHaveLength(2);
  });

  test("what follows waits while one is retried", async () => {
    const { outbox, sent, last } = setUp();
    outbox.post(say("one"));
    outbox.post(say("two"));
    await last().answer(refusal("timeout"));
    outbox.wake();
    expect(sent.map(({ draft }) => draft.text)).toEqual(["one", "one"]);
  });
});

describe("a final refusal", () => {
  test.each(["invalid", "conversation_closed", "not_found", "too_large"])(
    "%s keeps the text, and what follows goes on",
    async (code) => {
      const { outbox, last, states, refused } = setUp();
      outbox.post(say("one"));
      outbox.post(say("two"));
      await last().answer(refusal(code));
      expect(states()).toEqual(["one failed", "two sending"]);
      expect(refused).toEqual([`one ${code}`]);
      await vi.advanceTimersByTimeAsync(120_000);
      expect(states()).toEqual(["one failed", "two sending"]);
    },
  );

  test("is tried again only when somebody asks, and can be thrown away", async () => {
    const { outbox, sent, last, states } = setUp();
    const { client_id } = outbox.post(say("hello"));
    await last().answer(refusal("invalid"));
    outbox.retry(client_id);
    expect(last().draft.client_id).toBe(client_id);
    expect(sent).toHaveLength(2);
    await last().answer(refusal("invalid"));
    outbox.discard(client_id);
    expect(states()).toEqual([]);
    expect(localStorage).toHaveLength(0);
  });
});

describe("a chat to come", () => {
  test("begins with the first message; the others follow into it", async () => {
    const { outbox, sent, last } = setUp();
    const first = outbox.post(say("one", null));
    outbox.post(say("two", null));
    expect(sent).toHaveLength(1);
    expect(last().draft).toMatchObject({ conversation: null, lane: first.lane });
    await last().answer({ id: "m1", conversation: "c" });
    expect(last().draft).toMatchObject({ text: "two", conversation: "c", lane: "c" });
    outbox.post(say("three", "c"));
    expect(sent).toHaveLength(2);
  });

  test("waits for its first message, if that is refused for good", async () => {
    const { outbox, sent, last } = setUp();
    const first = outbox.post(say("one", null));
    outbox.post(say("two", null));
    await last().answer(refusal("invalid"));
    expect(sent).toHaveLength(1);
    outbox.discard(first.client_id);
    expect(last().draft).toMatchObject({ text: "two", conversation: null, lane: first.lane });
  });

  test("takes what an old conversation does not take any more, in its order", async () => {
    const { outbox, sent, last, states } = setUp();
    outbox.post(say("one", "old"));
    outbox.post(say("two", "old"));
    await last().answer(refusal("conversation_closed"));
    await last().answer(refusal("conversation_closed"));
    expect(states()).toEqual(["one failed", "two failed"]);
    outbox.restart("old");
    expect(last().draft).toMatchObject({ text: "one", conversation: null });
    await last().answer({ id: "m1", conversation: "new" });
    expect(last().draft).toMatchObject({ text: "two", conversation: "new" });
    expect(sent).toHaveLength(4);
  });

  test("two tabs that keep what was written to an old chat begin one new chat with it", async () => {
    const first = setUp();
    first.outbox.post(say("hello", "old"));
    const second = setUp();
    for (const tab of [first, second]) {
      await tab.last().answer(refusal("conversation_closed"));
      tab.outbox.restart("old");
    }
    const { lane, client_id } = first.last().draft;
    expect(second.last().draft).toMatchObject({ lane, client_id, conversation: null });
  });
});

describe("a reload", () => {
  test("goes on where it was: same ids, same order, failed ones still failed", async () => {
    const before = setUp();
    before.outbox.post(say("refused"));
    await before.last().answer(refusal("invalid"));
    before.outbox.post(say("under way"));
    before.outbox.post(say("next"));
    before.outbox.close();
    const after = setUp();
    expect(after.states()).toEqual(["refused failed", "under way sending", "next waiting"]);
    expect(after.outbox.drafts.value.map(({ client_id }) => client_id)).toEqual(
      before.outbox.drafts.value.map(({ client_id }) => client_id),
    );
  });

  test("a start is repeated with the same start_id", () => {
    const before = setUp();
    const { lane } = before.outbox.post(say("hello", null));
    const after = setUp();
    expect(after.last().draft).toMatchObject({ lane, conversation: null });
  });

  test("something unreadable in the store does no harm", () => {
    localStorage.setItem("test.draft.x", "{");
    localStorage.setItem("test.draft.y", "null");
    expect(setUp().states()).toEqual([]);
  });
});

test("pending are this conversation's drafts that are not among its messages", () => {
  const draft = (client_id: string, conversation: string | null) =>
    ({ client_id, conversation }) as Draft;
  const drafts = [draft("1", "c"), draft("2", "c"), draft("3", "d"), draft("4", null)];
  const ids = (conversation: string | null) =>
    pending(drafts, conversation, [{ client_id: "1" }]).map(({ client_id }) => client_id);
  expect(ids("c")).toEqual(["2"]);
  expect(ids(null)).toEqual(["4"]);
});

test("half of a surrogate pair leaves as a sign for what can't be shown", () => {
  const { outbox } = setUp();
  expect(outbox.post({ conversation: "c1", text: "a\ud83d b 👍" }).text).toBe("a\ufffd b 👍");
});
