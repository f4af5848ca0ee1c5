import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Me, OperatorChange } from "../../browser/protocol.ts";
import { FakeSocket, OPEN } from "../../browser/testing/fake-socket.ts";
import { answered, at, change, message, row, waiting } from "../testing/samples.ts";
import { createAddress } from "./address.ts";
import { createPanel, type Panel } from "./panel.ts";

const ID = "0".repeat(32);
const ME: Me = {
  id: "me",
  name: "Liisa",
  email: "liisa@example.org",
  role: "operator",
  photo: null,
};
const TEAM = { id: "team", name: "Team", n: 10 };

let panel: Panel;
const ended = vi.fn();

/** The server's side of the panel's socket. */
const server = {
  connect() {
    FakeSocket.last().says(OPEN);
    FakeSocket.last().says('40/operator,{"sid":"s"}');
    this.tell("welcome", { at: new Date().toISOString(), operator: ME, teams: [TEAM] });
  },
  tell(event: string, data: unknown) {
    FakeSocket.last().says(`42/operator,${JSON.stringify([event, data])}`);
  },
  asked(command: string): string[] {
    return FakeSocket.last().sent.filter((frame) => frame.includes(`["${command}"`));
  },
  /** Answers the last asking of a command. */
  async answer(command: string, data: unknown) {
    const id = /^42\/operator,(\d+)/.exec(this.asked(command).at(-1) ?? "")?.[1];
    FakeSocket.last().says(`43/operator,${id}${JSON.stringify([data])}`);
    await vi.advanceTimersByTimeAsync(0);
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  localStorage.clear();
  history.replaceState(null, "", "/operator/");
  ended.mockClear();
  panel = createPanel({ me: ME, address: createAddress(), ended });
});

afterEach(() => {
  panel.close();
  vi.useRealTimers();
});

const rows = () => [...panel.inbox.view.value.list.value.rows.keys()];

async function list(): Promise<void> {
  server.connect();
  const page = { rows: [row(answered(ID, at("12:00:00")), 1)], next: null, waiting: 0 };
  await server.answer("inbox.list", page);
  await vi.advanceTimersByTimeAsync(200);
}

function frame(n: number, rev: number): OperatorChange {
  const written = message({ id: "m2", line: 2, seq: 2, rev });
  return { ...change(rev, [written], waiting(ID, at("12:30:00"))), n };
}

test("the list is read after the welcome, and frames move its rows", async () => {
  await list();
  expect(rows()).toEqual([ID]);
  expect(panel.inbox.waiting.value).toBe(0);
  server.tell("conversation.changed", frame(11, 2));
  expect(panel.inbox.waiting.value).toBe(1);
});

test("after a lost frame the list is read again", async () => {
  await list();
  server.tell("conversation.changed", frame(12, 3));
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.asked("inbox.list")).toHaveLength(2);
});

test("the open chat follows the same frames", async () => {
  await list();
  panel.address.open(ID);
  const opened = {
    ...frame(11, 2),
    n: null,
    reset: true,
    earlier: false,
    visitor: { id: "visitor" },
  };
  await server.answer("conversation.open", opened);
  server.tell("conversation.changed", {
    ...frame(12, 3),
    messages: [message({ id: "m2", line: 2, rev: 3, text: null, deleted: true })],
  });
  expect(panel.chat.value?.messages.value).toMatchObject([{ id: "m2", deleted: true }]);
});

test("what leaves our reach vanishes from the list and from the thread", async () => {
  await list();
  panel.address.open(ID);
  server.tell("conversation.gone", { id: ID });
  expect(rows()).toEqual([]);
  expect(panel.chat.value?.state.value).toBe("gone");
});

test("what was found goes with its message, and is looked for again after a reconnect", async () => {
  await list();
  panel.search.write("muhu");
  await vi.advanceTimersByTimeAsync(200);
  const hit = { field: "message", text: "Muhu", message: "m2" };
  const found = { id: ID, rev: 1, conversation: answered(ID, at("12:00:00")), hit };
  await server.answer("inbox.search", { rows: [found], next: null });
  expect(panel.search.rows.value).toHaveLength(1);
  server.tell("conversation.changed", {
    ...frame(11, 2),
    messages: [message({ id: "m2", line: 2, rev: 2, text: null, deleted: true })],
  });
  expect(panel.search.rows.value).toEqual([]);
  FakeSocket.last().breaks();
  panel.reconnect();
  server.connect();
  expect(server.asked("inbox.search")).toHaveLength(1);
});

test("after a reconnect the list and the open chat are read again", async () => {
  await list();
  panel.address.open(ID);
  FakeSocket.last().breaks();
  expect(panel.connection.value).toBe("offline");
  panel.reconnect();
  server.connect();
  expect(server.asked("inbox.list")).toHaveLength(1);
  expect(server.asked("conversation.open")).toHaveLength(1);
});

test("a session that ended is told, by event or by refusal", async () => {
  await list();
  server.tell("session.ended", {});
  expect(ended).toHaveBeenCalledTimes(1);
  panel.address.open(ID);
  await server.answer("conversation.open", { error: { code: "unauthenticated" } });
  expect(ended).toHaveBeenCalledTimes(2);
});

test("chats that are leafed through are not read, the one where one stays is", async () => {
  await list();
  panel.address.open(ID);
  expect(server.asked("conversation.open")).toHaveLength(1);
  for (const chat of ["1", "2", "3"]) panel.address.open(chat.repeat(32));
  expect(server.asked("conversation.open")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(150);
  expect(server.asked("conversation.open")).toHaveLength(2);
  expect(server.asked("conversation.open").at(-1)).toContain("3".repeat(32));
});
