import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStore } from "../../browser/store.ts";
import type { HostPage } from "./host-page.ts";
import { createSession } from "./session.ts";
import { HELLO, hostPage } from "./testing.ts";

type Answer = { token: string } | { error: { code: string; field?: string } } | null;

/** The server gives these answers, one after the other; null is no network. */
function setUp(...answers: Answer[]) {
  return setUpIn(hostPage(null), ...answers);
}

function setUpIn(page: HostPage, ...answers: Answer[]) {
  const asked: object[] = [];
  vi.stubGlobal("fetch", (_: string, { body }: RequestInit) => {
    asked.push(JSON.parse(String(body)));
    const answer = answers.shift();
    return answer ? Promise.resolve(Response.json(answer)) : Promise.reject(new TypeError());
  });
  return { asked, session: createSession("k", createStore("kell.k."), page) };
}

beforeEach(() => {
  localStorage.clear();
});

afterEach(() => history.replaceState(null, "", "/"));

test("a new visitor's token is kept", async () => {
  const { session, asked } = setUp({ token: "t" });
  expect(await session.credentials()).toEqual({ token: "t" });
  expect(await session.credentials()).toEqual({ token: "t" });
  expect(asked).toEqual([{ site: "k" }]);
  expect(localStorage.getItem("kell.k.token")).toBe("t");
});

test("two who ask at once are the same visitor", async () => {
  const { session, asked } = setUp({ token: "t" }, { token: "another" });
  expect(await Promise.all([session.credentials(), session.credentials()])).toEqual([
    { token: "t" },
    { token: "t" },
  ]);
  expect(asked).toHaveLength(1);
});

describe("the link of a mail", () => {
  beforeEach(() => history.replaceState(null, "", "/widget/?site=k#resume=a.b-c%3D"));

  test("opens the chat that it belongs to, and leaves the address", async () => {
    localStorage.setItem("kell.k.token", "somebody");
    const { session, asked } = setUp({ token: "theirs" });
    expect(await session.credentials()).toEqual({ token: "theirs" });
    expect(asked).toEqual([{ site: "k", resume: "a.b-c=" }]);
    expect(localStorage.getItem("kell.k.token")).toBe("theirs");
    expect(location.href).toMatch(/\/widget\/\?site=k$/);
    expect(session.staleLink.value).toBe(false);
  });

  test.each([
    { error: { code: "unauthenticated", field: "resume" } },
    { error: { code: "invalid", field: "resume" } },
  ])("that is too old or broken is said, and a new visitor begins: %j", async (refused) => {
    const { session, asked } = setUp(refused, { token: "new" });
    expect(await session.credentials()).toEqual({ token: "new" });
    expect(asked.at(-1)).toEqual({ site: "k" });
    expect(session.staleLink.value).toBe(true);
    expect(location.hash).toBe("");
  });

  test("that is too old takes nothing from who was here before", async () => {
    localStorage.setItem("kell.k.token", "kept");
    const { session } = setUp({ error: { code: "unauthenticated", field: "resume" } });
    expect(await session.credentials()).toEqual({ token: "kept" });
    expect(session.staleLink.value).toBe(true);
  });

  test("is kept until the server has answered", async () => {
    const { session } = setUp(null, { error: { code: "retry_later" } }, { token: "theirs" });
    expect(await session.credentials()).toEqual({ error: { code: "offline" } });
    expect(await session.credentials()).toEqual({ error: { code: "retry_later" } });
    expect(location.hash).not.toBe("");
    expect(await session.credentials()).toEqual({ token: "theirs" });
  });
});

describe("a frame that may not store anything", () => {
  beforeEach(() => {
    vi.stubGlobal("localStorage", undefined);
  });
  const told = vi.fn();

  test("has the page keep its token for this tab", async () => {
    const { session } = setUpIn(hostPage(HELLO, told), { token: "t" });
    expect(await session.credentials()).toEqual({ token: "t" });
    expect(told.mock.calls).toEqual([[{ kell: "keep", what: "t" }]]);
  });

  test("goes on as whom the page kept, once: a token that is not known is not tried again", async () => {
    const { session, asked } = setUpIn(hostPage({ ...HELLO, kept: "old" }), { token: "new" });
    expect(await session.credentials()).toEqual({ token: "old" });
    expect(asked).toEqual([]);
    session.forget();
    expect(await session.credentials()).toEqual({ token: "new" });
  });
});
