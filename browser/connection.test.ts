import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createConnection } from "./connection.ts";
import type { VisitorCommands, VisitorEvents } from "./protocol.ts";
import { FakeSocket, OPEN } from "./testing/fake-socket.ts";

const WELCOME = {
  at: "2026-11-22T10:37:03.123Z",
  visitor: "v",
  conversation: null,
};
const closers: (() => void)[] = [];

function connection(auth: () => object | Promise<object> = () => ({ token: "t" })) {
  const made = createConnection<VisitorCommands, VisitorEvents>({
    namespace: "/visitor",
    url: "https://chat.example",
    auth,
  });
  const states: string[] = [];
  made.onState((state, why) => states.push(why ? `${state} ${why.error.code}` : state));
  closers.push(made.close);
  return Object.assign(made, { states });
}

async function open(socket = FakeSocket.last()): Promise<FakeSocket> {
  socket.says(OPEN);
  await vi.advanceTimersByTimeAsync(0);
  return socket;
}

async function online(socket?: FakeSocket): Promise<FakeSocket> {
  const opened = await open(socket);
  opened.says('40/visitor,{"sid":"x"}');
  return opened;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.all = [];
});

afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.useRealTimers();
});

describe("connecting", () => {
  test("opens a WebSocket and joins the namespace with the credentials", async () => {
    const made = connection();
    expect(FakeSocket.last().url).toBe("wss://chat.example/socket.io/?EIO=4&transport=websocket");
    const socket = await open();
    expect(socket.sent).toEqual(['40/visitor,{"token":"t"}']);
    expect(made.state()).toBe("connecting");
    socket.says('40/visitor,{"sid":"x"}');
    expect(made.state()).toBe("online");
  });

  test("keeps events that come before CONNECT, and tells them after it", async () => {
    const made = connection();
    const heard: unknown[] = [];
    made.on("welcome", (data) => heard.push(made.state(), data));
    const socket = await open();
    socket.says(`42/visitor,["welcome",${JSON.stringify(WELCOME)}]`);
    expect(heard).toEqual([]);
    socket.says('40/visitor,{"sid":"x"}');
    expect(heard).toEqual(["online", WELCOME]);
  });

  test("waits for credentials that must be fetched first", async () => {
    let give = (_: object) => {};
    connection(() => new Promise((resolve) => (give = resolve)));
    const socket = await open();
    expect(socket.sent).toEqual([]);
    give({ token: "late" });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.sent).toEqual(['40/visitor,{"token":"late"}']);
  });

  test("credentials that are refused for now are asked for again", async () => {
    let tries = 0;
    const made = connection(() =>
      ++tries === 1 ? { error: { code: "retry_later", retry_after: 3 } } : { token: "t" },
    );
    const first = await open();
    expect(first.closed).toBe(true);
    expect(made.states).toEqual(["offline retry_later"]);
    await vi.advanceTimersByTimeAsync(3499);
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await online();
    expect(made.state()).toBe("online");
  });

  test("a refusal for good stops, until somebody tries again", async () => {
    const made = connection();
    const socket = await open();
    socket.says(
      '44/visitor,{"message":"unauthenticated","data":{"error":{"code":"unauthenticated"}}}',
    );
    expect(made.states).toEqual(["refused unauthenticated"]);
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.all).toHaveLength(1);
    made.retry();
    expect(made.state()).toBe("connecting");
    expect(FakeSocket.all).toHaveLength(2);
  });

  test("gives up a socket that does not get to CONNECT in 8 s", async () => {
    connection();
    await vi.advanceTimersByTimeAsync(7000);
    await open();
    await vi.advanceTimersByTimeAsync(999);
    expect(FakeSocket.last().closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.last().closed).toBe(true);
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeSocket.all).toHaveLength(2);
  });
});

describe("commands", () => {
  test("settle with the answer of their own ack", async () => {
    const made = connection();
    const socket = await online();
    const one = made.call("mark.read", { conversation: "c", seq: 1 });
    const two = made.call("conversation.sync", { conversation: "c", after: 4 });
    expect(socket.sent.slice(1)).toEqual([
      '42/visitor,1["mark.read",{"conversation":"c","seq":1}]',
      '42/visitor,2["conversation.sync",{"conversation":"c","after":4}]',
    ]);
    socket.says('43/visitor,2[{"id":"c"}]');
    socket.says('43/visitor,1[{"error":{"code":"not_found"}}]');
    expect(await one).toEqual({ error: { code: "not_found" } });
    expect(await two).toEqual({ id: "c" });
  });

  test("are offline without a connection, and when it breaks before the ack", async () => {
    const made = connection();
    const refused = { error: { code: "offline" } };
    expect(await made.call("typing", { conversation: "c" })).toEqual(refused);
    const socket = await online();
    const asked = made.call("typing", { conversation: "c" });
    socket.breaks();
    expect(await asked).toEqual(refused);
  });

  test("time out after 15 s, and a late ack changes nothing", async () => {
    const made = connection();
    const socket = await online();
    const asked = made.call("typing", { conversation: "c" });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await asked).toEqual({ error: { code: "timeout" } });
    socket.says("43/visitor,1[{}]");
    expect(made.state()).toBe("online");
  });

  test("never send a frame of more than 64 KiB, counted in bytes", async () => {
    const made = connection();
    const socket = await online();
    const send = (text: string) =>
      made.call("message.send", { conversation: "c", client_id: "i", text });
    expect(await send("ж".repeat(33_000))).toEqual({ error: { code: "too_large" } });
    expect(socket.sent).toHaveLength(1);
    void send("ж".repeat(32_000));
    expect(socket.sent).toHaveLength(2);
  });
});

describe("staying alive", () => {
  test("answers pings, and is dead after interval and time-out without one", async () => {
    const made = connection();
    const socket = await online();
    await vi.advanceTimersByTimeAsync(24_000);
    socket.says("2");
    expect(socket.sent.at(-1)).toBe("3");
    await vi.advanceTimersByTimeAsync(24_999);
    expect(made.state()).toBe("online");
    await vi.advanceTimersByTimeAsync(1);
    expect(made.state()).toBe("offline");
    expect(socket.closed).toBe(true);
  });

  test("a socket that was given up is not listened to any more", async () => {
    const made = connection();
    const heard: unknown[] = [];
    made.on("beacon", (data) => heard.push(data));
    const old = await online();
    old.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await online();
    old.says('42/visitor,["beacon",{}]');
    old.breaks();
    expect(heard).toEqual([]);
    expect(made.state()).toBe("online");
  });

  test("comes back at once when the network or the tab does", async () => {
    const made = connection();
    const first = await online();
    first.breaks();
    dispatchEvent(new Event("online"));
    expect(FakeSocket.all).toHaveLength(2);
    // Asleep: no timer ran, and the socket looks open.
    await online();
    vi.setSystemTime(Date.now() + 60_000);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(FakeSocket.all).toHaveLength(3);
    expect(made.state()).toBe("offline");
  });

  test.each([
    ["the tab is seen again", () => document.dispatchEvent(new Event("visibilitychange"))],
    ["the network returns", () => dispatchEvent(new Event("online"))],
  ])("what died in sleep is noticed at once when %s, connected or not yet", async (_, wakes) => {
    const made = connection();
    for (const reached of [online, open]) {
      const socket = await reached();
      const before = FakeSocket.all.length;
      // Timers stand still in sleep; only the clock goes on.
      vi.setSystemTime(Date.now() + 3_600_000);
      wakes();
      expect(socket.closed).toBe(true);
      expect(FakeSocket.all).toHaveLength(before + 1);
    }
    await online();
    expect(made.state()).toBe("online");
  });

  test("a network that carries only what we send is dead too", async () => {
    const made = connection();
    const socket = await online();
    for (let second = 0; second < 24; second += 4) {
      void made.call("typing", { conversation: "c" });
      await vi.advanceTimersByTimeAsync(4000);
    }
    expect(socket.sent).toHaveLength(7);
    await vi.advanceTimersByTimeAsync(999);
    expect(made.state()).toBe("online");
    await vi.advanceTimersByTimeAsync(1);
    expect(made.state()).toBe("offline");
  });

  test("a healthy connection is left alone when the tab comes back", async () => {
    connection();
    await online();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(FakeSocket.all).toHaveLength(1);
  });

  test("an unplugged network is noticed at once", async () => {
    const made = connection();
    await online();
    dispatchEvent(new Event("offline"));
    expect(made.states).toEqual(["online", "offline"]);
  });
});

describe("waiting before the next try", () => {
  /** With a random number of one half, half of the range. */
  async function nextTryAfter(wait: number): Promise<void> {
    const before = FakeSocket.all.length;
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(FakeSocket.all).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.all).toHaveLength(before + 1);
  }

  test("doubles with full jitter up to 30 s", async () => {
    connection();
    for (const wait of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      FakeSocket.last().breaks();
      await nextTryAfter(wait);
    }
  });

  test("starts again after a connection that lasted", async () => {
    connection();
    for (const wait of [500, 1000, 2000]) {
      FakeSocket.last().breaks();
      await nextTryAfter(wait);
    }
    const brief = await online();
    await vi.advanceTimersByTimeAsync(3000);
    brief.breaks();
    await nextTryAfter(1000);
    const socket = await online();
    await vi.advanceTimersByTimeAsync(3001);
    socket.breaks();
    await nextTryAfter(500);
  });

  test("spreads over the time that a draining server asks for", async () => {
    connection();
    const socket = await online();
    socket.says('42/visitor,["drain",{"delay":20}]');
    socket.breaks();
    await nextTryAfter(10_000);
  });

  test.each([
    [0.01, 5, 50],
    [0.99, 5, 4950],
    [0.99, 3600, 29_700],
  ])("of %d of %d s, never of more than 30 s", async (random, delay, wait) => {
    connection();
    const socket = await online();
    vi.mocked(Math.random).mockReturnValue(random);
    socket.says(`42/visitor,["drain",{"delay":${delay}}]`);
    socket.breaks();
    await nextTryAfter(wait);
    // Only once: what comes after it is a failure like any other.
    vi.mocked(Math.random).mockReturnValue(0.5);
    FakeSocket.last().breaks();
    await nextTryAfter(500);
  });

  test("after `resync` or a disconnect by the server, begins anew", async () => {
    connection();
    for (const parting of ['42/visitor,["resync",{}]', "41/visitor,", "1"]) {
      const socket = await online();
      socket.says(parting);
      expect(socket.closed).toBe(true);
      await vi.advanceTimersToNextTimerAsync();
    }
    expect(FakeSocket.all).toHaveLength(4);
  });
});

describe("told to rest", () => {
  test("it tries when told, or when the network returns, and not by itself", async () => {
    const made = connection();
    FakeSocket.last().breaks();
    made.rest();
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.all).toHaveLength(1);
    made.retry();
    FakeSocket.last().breaks();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.all).toHaveLength(2);
    dispatchEvent(new Event("online"));
    expect(FakeSocket.all).toHaveLength(3);
  });

  test("the rest ends with a try that comes through", async () => {
    const made = connection();
    made.rest();
    await online();
    FakeSocket.last().breaks();
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeSocket.all).toHaveLength(2);
  });
});

test("close ends it for good", async () => {
  const made = connection();
  const socket = await online();
  made.close();
  expect(socket.closed).toBe(true);
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.all).toHaveLength(1);
});
