import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLine } from "./line.ts";
import { createPlainHttp } from "./plain-http.ts";
import type {
  OperatorCommands,
  OperatorEvents,
  VisitorCommands,
  VisitorEvents,
} from "./protocol.ts";
import { fakeHttp } from "./testing/fake-http.ts";
import { FakeSocket, OPEN } from "./testing/fake-socket.ts";

const AT = "2026-11-22T10:37:03.123Z";
const LATER = "2026-11-22T10:37:09.000Z";
const FIVE_MINUTES = 300_000;
const closers: (() => void)[] = [];
let http: ReturnType<typeof fakeHttp>;

function watched<L extends VisitorLine | OperatorLine>(line: L, heard: unknown[]) {
  const states: string[] = [];
  (line as VisitorLine).onState((state, why) =>
    states.push(why ? `${state} ${why.error.code}` : state),
  );
  closers.push(line.close);
  return Object.assign(line, { states, heard });
}

type VisitorLine = ReturnType<typeof createLine<VisitorCommands, VisitorEvents>>;
type OperatorLine = ReturnType<typeof createLine<OperatorCommands, OperatorEvents>>;

function visitor() {
  const heard: unknown[] = [];
  const line = createLine<VisitorCommands, VisitorEvents>({
    side: "visitor",
    url: "https://chat.example",
    auth: () => Promise.resolve({ token: "t" }),
    plain: createPlainHttp,
  });
  line.on("welcome", ({ conversation }) => heard.push(["welcome", conversation?.rev]));
  line.on("conversation.changed", ({ rev }) => heard.push(["changed", rev]));
  return watched(line, heard);
}

function operator() {
  const heard: unknown[] = [];
  const line = createLine<OperatorCommands, OperatorEvents>({
    side: "operator",
    plain: createPlainHttp,
  });
  line.on("welcome", () => heard.push("welcome"));
  line.on("conversation.gone", ({ id }) => heard.push(`gone ${id}`));
  line.on("conversation.changed", ({ id, rev }) => heard.push(`${id} ${rev}`));
  return watched(line, heard);
}

const passes = (time: number) => vi.advanceTimersByTimeAsync(time);
const sockets = () => FakeSocket.all.length;
const turn = (hidden: boolean) => {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
};

/** The network refuses the socket twice. */
async function blocked(): Promise<void> {
  FakeSocket.last().breaks();
  await passes(500);
  FakeSocket.last().breaks();
  await passes(0);
}

const welcome = (conversation: { id: string; rev: number } | null = { id: "c", rev: 4 }) => ({
  ...{ at: AT, visitor: "v", conversation },
});

async function overHttp<L>(line: L, greeting: object = welcome()): Promise<L> {
  await blocked();
  await http.last("hello").answers(greeting);
  return line;
}

async function socketOpens(): Promise<void> {
  FakeSocket.last().says(OPEN);
  await passes(0);
  FakeSocket.last().says('40/visitor,{"sid":"x"}');
}

/** So long nothing happens, and the request that waits ends every 25 s, as the server's do. */
async function quiet(time: number): Promise<void> {
  for (let left = time; left > 0; left -= 25_000) {
    await passes(Math.min(25_000, left));
    await http.last("changes").answers(news(4));
  }
}

const news = (rev: number, part = {}) => ({
  ...{ id: "c", rev, conversation: {}, messages: [], reset: false, earlier: false },
  ...part,
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.all = [];
  http = fakeHttp();
});

afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.useRealTimers();
});

describe("which of the two", () => {
  test("a socket that connects is all there is", async () => {
    const line = visitor();
    await socketOpens();
    FakeSocket.last().says(`42/visitor,["welcome",${JSON.stringify(welcome())}]`);
    void line.call("typing", { conversation: "c" });
    await passes(20_000);
    expect(FakeSocket.last().sent.at(-1)).toContain('["typing"');
    expect(line.heard).toEqual([["welcome", 4]]);
    expect(http.all).toEqual([]);
  });

  test("one failed try is no block", async () => {
    visitor();
    FakeSocket.last().breaks();
    await passes(500);
    await socketOpens();
    FakeSocket.last().breaks();
    await passes(500);
    FakeSocket.last().breaks();
    expect(http.all).toEqual([]);
  });

  test("two are, and then the same goes over HTTP", async () => {
    const line = visitor();
    await blocked();
    expect(line.states).toEqual(["offline"]);
    expect(http.last()).toMatchObject({ path: "hello", body: {}, authorization: "Bearer t" });
    await http.last().answers(welcome());
    expect(line.states).toEqual(["offline", "online"]);
    expect(line.heard).toEqual([["welcome", 4]]);
    expect(http.last()).toMatchObject({ path: "changes?conversation=c&after=4", body: undefined });
    await passes(30_000);
    expect(sockets()).toBe(2);
  });

  test("so is one that takes 8 s, even if something is said meanwhile", async () => {
    const line = visitor();
    await passes(7000);
    FakeSocket.last().says(OPEN);
    await passes(999);
    expect(http.all).toEqual([]);
    await passes(1);
    await http.last("hello").answers(welcome());
    expect(line.state()).toBe("online");
  });

  test("while HTTP fails too, the socket is tried as ever, and wins", async () => {
    const line = visitor();
    await blocked();
    await http.last().breaks();
    expect(line.states).toEqual(["offline"]);
    await passes(1000);
    expect(sockets()).toBe(3);
    await socketOpens();
    expect(line.state()).toBe("online");
    const asked = http.all.length;
    await passes(20_000);
    expect(http.all).toHaveLength(asked);
  });

  test("HTTP that comes back first was an outage: the socket is tried at once", async () => {
    const line = visitor();
    await blocked();
    await http.last().breaks();
    await passes(500);
    expect(sockets()).toBe(2);
    await http.last().answers(welcome());
    expect(line.state()).toBe("online");
    expect(sockets()).toBe(3);
    await socketOpens();
    expect(http.last("changes").aborted).toBe(true);
  });

  test("the socket is tried again every 5 minutes, and takes over without a break", async () => {
    const line = await overHttp(visitor());
    await quiet(FIVE_MINUTES - 1);
    expect(sockets()).toBe(2);
    await passes(1);
    expect(sockets()).toBe(3);
    FakeSocket.last().breaks();
    await passes(0);
    await http.last("hello").answers(welcome());
    await quiet(FIVE_MINUTES - 1);
    expect(sockets()).toBe(3);
    await passes(1);
    expect(sockets()).toBe(4);
    const sent = line.call("message.send", { conversation: "c", client_id: "i", text: "hi" });
    await passes(0);
    await socketOpens();
    FakeSocket.last().says(
      `42/visitor,["welcome",${JSON.stringify(welcome({ id: "c", rev: 7 }))}]`,
    );
    // What is under way is waited for; only the request for news has no more use.
    await http.last("message.send").answers({ id: "m" });
    expect(await sent).toEqual({ id: "m" });
    expect(http.last("changes").aborted).toBe(true);
    expect(line.states).toEqual(["offline", "online"]);
    expect(line.heard.at(-1)).toEqual(["welcome", 7]);
    const asked = http.all.length;
    void line.call("typing", { conversation: "c" });
    await passes(20_000);
    expect(http.all).toHaveLength(asked);
    expect(FakeSocket.last().sent.at(-1)).toContain('["typing"');
  });

  test("and when the network says that it is back", async () => {
    await overHttp(visitor());
    dispatchEvent(new Event("online"));
    await passes(0);
    expect(sockets()).toBe(3);
    expect(http.last().path).toBe("hello");
  });

  test("in a hidden tab only one request waits; the socket is tried when it is seen", async () => {
    await overHttp(visitor());
    turn(true);
    const asked = http.all.length;
    await quiet(FIVE_MINUTES);
    await quiet(FIVE_MINUTES);
    expect(sockets()).toBe(2);
    expect(http.all.slice(asked).map(({ path }) => path)).toEqual(
      Array(24).fill("changes?conversation=c&after=4"),
    );
    turn(false);
    expect(sockets()).toBe(3);
  });
});

describe("commands over HTTP", () => {
  const typing = { conversation: "c" };

  test("carry the token, and what they bring is the answer or a refusal", async () => {
    const line = await overHttp(visitor());
    const one = line.call("typing", typing);
    await passes(0);
    expect(http.last()).toMatchObject({ path: "typing", body: typing, authorization: "Bearer t" });
    await http.last().answers({});
    expect(await one).toEqual({});
    const other = line.call("typing", typing);
    await passes(0);
    await http.last().answers({ error: { code: "rate_limited", retry_after: 3 } }, 429);
    expect(await other).toEqual({ error: { code: "rate_limited", retry_after: 3 } });
  });

  test("time out after 15 s", async () => {
    const line = await overHttp(visitor());
    const sent = line.call("typing", typing);
    await passes(15_000);
    expect(await sent).toEqual({ error: { code: "timeout" } });
    expect(http.last("typing").aborted).toBe(true);
    expect(line.state()).toBe("online");
  });

  test("are not sent with more than 64 KiB", async () => {
    const line = await overHttp(visitor());
    const asked = http.all.length;
    const text = "ж".repeat(33_000);
    expect(await line.call("message.send", { conversation: "c", client_id: "i", text })).toEqual({
      error: { code: "too_large" },
    });
    expect(http.all).toHaveLength(asked);
  });

  test.each([
    ["the network does not carry it", undefined],
    ["a proxy answers in its own words", "<h1>Bad gateway</h1>"],
    ["so does one that knows JSON", '{"message":"Bad gateway"}'],
  ])("that get lost are offline, and a new welcome follows: %s", async (_, words) => {
    const line = await overHttp(visitor());
    const sent = line.call("typing", typing);
    await passes(0);
    await (words ? http.last().answers(words, 502) : http.last().breaks());
    expect(await sent).toEqual({ error: { code: "offline" } });
    expect(http.last().path).toBe("hello");
    await http.last().answers(welcome({ id: "c", rev: 5 }));
    expect(line.heard.at(-1)).toEqual(["welcome", 5]);
    expect(line.states).toEqual(["offline", "online"]);
  });

  test("after the end of the session are refused, until somebody tries again", async () => {
    const line = await overHttp(visitor());
    const gone = { error: { code: "unauthenticated" } };
    const sent = line.call("typing", typing);
    await passes(0);
    await http.last().answers(gone, 401);
    expect(await sent).toEqual(gone);
    await http.last("hello").answers(gone, 401);
    expect(line.states.at(-1)).toBe("refused unauthenticated");
    const asked = http.all.length;
    await passes(60_000);
    expect(http.all).toHaveLength(asked);
    expect(await line.call("typing", typing)).toEqual({ error: { code: "offline" } });
    line.retry();
    expect(line.state()).toBe("connecting");
    await passes(0);
    await http.last("hello").answers(welcome());
    expect(line.state()).toBe("online");
  });
});

describe("a visitor's news over HTTP", () => {
  test("come as changes, each asked for from the one before", async () => {
    const line = await overHttp(visitor());
    await http.last().answers(news(5));
    expect(line.heard.at(-1)).toEqual(["changed", 5]);
    await passes(999);
    expect(http.last().path).toBe("changes?conversation=c&after=4");
    await passes(1);
    expect(http.last().path).toBe("changes?conversation=c&after=5");
    await passes(25_000);
    await http.last().answers(news(5));
    expect(line.heard).toHaveLength(2);
    expect(http.last().path).toBe("changes?conversation=c&after=5");
  });

  test("that are too much to name begin with a new welcome", async () => {
    const line = await overHttp(visitor());
    await passes(5000);
    await http.last().answers(news(900, { reset: true }));
    await http.last("hello").answers(welcome({ id: "c", rev: 900 }));
    expect(line.heard).toEqual([
      ["welcome", 4],
      ["welcome", 900],
    ]);
    expect(http.last().path).toBe("changes?conversation=c&after=900");
  });

  test("are not asked for without a conversation; one that begins here is followed", async () => {
    const line = await overHttp(visitor(), welcome(null));
    await passes(60_000);
    expect(http.last().path).toBe("hello");
    const start = { start_id: "s", client_id: "i", text: "hi" };
    const started = line.call("chat.start", start as VisitorCommands["chat.start"]["input"]);
    await passes(0);
    await http.last("chat.start").answers({ conversation: "new", rev: 1 });
    expect(await started).toMatchObject({ conversation: "new" });
    await http.last("hello").answers(welcome({ id: "new", rev: 2 }));
    expect(http.last().path).toBe("changes?conversation=new&after=2");
  });

  test("of a chat begun in another tab come when the tab is seen", async () => {
    await overHttp(visitor(), welcome(null));
    const asked = http.all.length;
    turn(true);
    turn(false);
    await passes(0);
    expect(http.all.slice(asked).map(({ path }) => path)).toEqual(["hello"]);
  });

  test("a request that failed is followed by a welcome, without a word of it", async () => {
    const line = await overHttp(visitor());
    await passes(20_000);
    await http.last("changes").answers("<h1>Gateway timeout</h1>", 504);
    expect(line.state()).toBe("online");
    await passes(500);
    await http.last("hello").answers(welcome({ id: "c", rev: 6 }));
    expect(line.heard.at(-1)).toEqual(["welcome", 6]);
    expect(line.states).toEqual(["offline", "online"]);
    expect(sockets()).toBe(2);
  });

  test("a server that stays away is offline; tries are spread, up to 30 s", async () => {
    const line = await overHttp(visitor());
    await http.last("changes").breaks();
    for (const wait of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      const asked = http.all.length;
      await passes(wait - 1);
      expect(http.all).toHaveLength(asked);
      await passes(1);
      expect(http.last().path).toBe("hello");
      await http.last().breaks();
      expect(line.state()).toBe("offline");
    }
    dispatchEvent(new Event("online"));
    await passes(0);
    await http.last("hello").answers(welcome());
    expect(line.state()).toBe("online");
  });

  test("a busy server is left in peace for as long as it asks", async () => {
    await overHttp(visitor());
    const asked = http.all.length;
    await http.last().answers({ error: { code: "rate_limited", retry_after: 9 } }, 429);
    await passes(9499);
    expect(http.all).toHaveLength(asked);
    await passes(1);
    expect(http.last().path).toBe("hello");
  });

  test("a request that died in sleep is not waited for", async () => {
    await overHttp(visitor());
    const waiting = http.last("changes");
    await passes(10_000);
    turn(false);
    expect(waiting.aborted).toBe(false);
    vi.setSystemTime(Date.now() + 60_000);
    turn(false);
    await passes(0);
    expect(waiting.aborted).toBe(true);
    expect(http.last().path).toBe("hello");
  });

  test("close ends the request that waits, and all that was planned", async () => {
    const line = await overHttp(visitor());
    line.close();
    expect(line.state()).toBe("offline");
    expect(http.last("changes").aborted).toBe(true);
    const asked = http.all.length;
    await passes(2 * FIVE_MINUTES);
    expect(http.all).toHaveLength(asked);
    expect(sockets()).toBe(2);
  });
});

describe("an operator's news over HTTP", () => {
  const greeting = { at: AT, operator: {}, teams: [] };
  const change = (id: string, rev: number) => ({
    id,
    rev,
    conversation: {},
    messages: [],
    n: null,
  });

  test("come as changes of many conversations, from the moment of the answer before", async () => {
    const line = await overHttp(operator(), greeting);
    expect(http.last()).toMatchObject({
      path: `changes?${new URLSearchParams({ after: AT })}`,
      authorization: null,
    });
    await passes(5000);
    await http.last().answers({
      at: LATER,
      next: "x~1",
      changes: [change("a", 7), change("b", 2)],
      gone: [],
      more: false,
    });
    expect(line.heard).toEqual(["welcome", "a 7", "b 2"]);
    expect(http.last().path).toBe(`changes?${new URLSearchParams({ after: "x~1" })}`);
  });

  test("that are too many begin with a new welcome: lists are read again", async () => {
    const line = await overHttp(operator(), greeting);
    await passes(5000);
    await http.last().answers({ at: LATER, changes: [change("a", 7)], gone: [], more: true });
    await http.last("hello").answers({ ...greeting, at: LATER });
    expect(line.heard).toEqual(["welcome", "a 7", "welcome"]);
  });

  test("count nothing, nor does an answer: what frames of a socket miss is no hole here", async () => {
    const line = await overHttp(operator(), greeting);
    const sent = line.call("conversation.take", { conversation: "a" });
    await passes(0);
    await http.last("conversation.take").answers({ rev: 3, change: { ...change("a", 3), n: 12 } });
    expect(await sent).toMatchObject({ rev: 3, change: { id: "a", n: null } });
  });

  test("name what has left our reach", async () => {
    const line = await overHttp(operator(), greeting);
    await passes(5000);
    await http
      .last("changes")
      .answers({ at: LATER, next: "x", changes: [change("b", 2)], gone: ["a"], more: false });
    expect(line.heard).toEqual(["welcome", "gone a", "b 2"]);
  });

  test("go on while the socket is tried again: that alone is no reason for a welcome", async () => {
    const line = await overHttp(operator(), greeting);
    const nothing = { at: LATER, next: "x", changes: [], gone: [], more: false };
    for (let time = 0; time < FIVE_MINUTES; time += 25_000) {
      await passes(25_000);
      await http.last("changes").answers(nothing);
    }
    FakeSocket.last().breaks();
    await passes(1000);
    expect(http.last().path).toMatch(/^changes/);
    expect(line.heard).toEqual(["welcome"]);
  });
});
