import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Kell, State } from "../kell.d.ts";
import type { Handover } from "../loader/handover.ts";
import { draw } from "../loader/launcher.ts";
import type { News, ToFrame } from "../messages.ts";
import { inertFrames } from "../testing/inert-frame.ts";
import { SITE } from "../testing/site.ts";
import { take } from "./main.ts";

const ORIGIN = SITE.base;
const NEWS: News = {
  ...{ kell: "news", unread: 0, label: "", title: "Чат", newest: null, chat: null },
};
const REPLY = { id: "m", text: "Tere!", name: "Liisa", at: "2026-11-22T10:37:03.123Z" };
const UNREAD: News = { ...NEWS, unread: 120, label: "120 новых сообщений", newest: REPLY };

const made: Kell[] = [];

function start(calls: unknown[][] = []) {
  const { told, inside } = inertFrames();
  const launcher = draw(SITE);
  const page = window as unknown as Record<string, unknown>;
  const mark = `kell.${SITE.site}`;
  const handover: Handover = {
    ...launcher,
    ...{ site: SITE, name: "Kell", kell: {}, mark, calls, hush: vi.fn() },
  };
  page.Kell = handover.kell;
  const call = take(handover) as Kell;
  made.push(call);
  const { root, button, host } = launcher;
  const frame = () => root.querySelector("iframe");
  /** The chat in the frame has come. */
  const arrives = () => frame()?.onload?.(new Event("load"));
  const says = (data: unknown, from: Partial<MessageEventInit> = {}) => {
    const event = new MessageEvent("message", { data, origin: ORIGIN, ...from });
    dispatchEvent(Object.defineProperty(event, "source", { value: from.source ?? inside }));
  };
  const last = () => told.at(-1)?.[0] as ToFrame | undefined;
  const state = () => {
    let now: State | undefined;
    call("get", (given) => {
      now = given;
    });
    return now;
  };
  return { call, handover, host, root, button, frame, told, arrives, says, last, state };
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  for (const call of made.splice(0)) call("destroy");
  vi.useRealTimers();
});

test("fetches nothing by itself, and the chat once it is opened", () => {
  const { button, frame, root, call } = start();
  expect(frame()).toBeNull();
  button.click();
  const first = frame();
  expect(first?.src).toBe("https://chat.example/widget/?site=a%20key%26more&lang=et");
  expect(first?.allow).toBe("autoplay; clipboard-write");
  expect(first?.title).toBe("Vestlus");
  expect(button.getAttribute("aria-expanded")).toBe("true");
  button.click();
  call("open");
  expect(root.querySelectorAll("iframe")).toHaveLength(1);
  expect(frame()).toBe(first);
});

test("does what the page has called before it came, in order", () => {
  const { button, arrives, last } = start([
    ["prefill", { name: "Kadri-Liis" }],
    ["prefill", { email: "kadri@example.com" }],
    ["identify", { token: "signed" }],
    ["open"],
  ]);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  arrives();
  expect(last()).toEqual({
    ...{ kell: "hello", name: SITE.name, shown: true, forget: false, kept: null },
    look: { color: "#2f5d50", scheme: "auto", language: "et" },
    page: { url: location.href, title: document.title },
    identity: { token: "signed" },
    answers: { name: "Kadri-Liis", email: "kadri@example.com" },
  });
});

test("speaks to the frame's exact origin only", () => {
  const { call, told, arrives } = start();
  call("open");
  arrives();
  call("close");
  call("update", { language: "ru", color: "#111111" });
  call("prefill", { topic: "order" });
  call("identify", { user: { id: "7" } });
  call("logout");
  expect(told.map(([message]) => (message as ToFrame).kell)).toEqual([
    ...["hello", "shown", "look", "prefill", "identify", "logout"],
  ]);
  expect(new Set(told.map(([, origin]) => origin))).toEqual(new Set([ORIGIN]));
});

test("Escape and the frame's own button close it; the focus returns to the launcher", () => {
  const { button, host, says, root } = start();
  button.click();
  says({ kell: "close" });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  button.click();
  button.focus();
  host.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(root.activeElement).toBe(button);
});

describe("what the frame says", () => {
  test("stands on the closed button in figures and in words, with the reply beside it", () => {
    const { button, says, root } = start();
    button.click();
    button.click();
    says(UNREAD);
    expect(root.querySelector("b")?.textContent).toBe("99+");
    expect(root.querySelector("b")?.hidden).toBe(false);
    expect(button.getAttribute("aria-label")).toBe("Чат, 120 новых сообщений");
    expect(root.querySelector("p")?.textContent).toContain("Liisa: Tere!");
    says(NEWS);
    expect(root.querySelector("b")?.hidden).toBe(true);
    expect(root.querySelector("p")).toBeNull();
    expect(button.getAttribute("aria-label")).toBe("Чат");
  });

  test("a dismissed preview comes back with the next reply only", () => {
    const { button, says, root } = start();
    button.click();
    button.click();
    says(UNREAD);
    root.querySelector<HTMLButtonElement>("p [aria-label]")?.click();
    says({ ...UNREAD, unread: 121 });
    expect(root.querySelector("p")).toBeNull();
    says({ ...UNREAD, newest: { ...REPLY, id: "n", text: "Kas olete veel siin?" } });
    expect(root.querySelector("p")?.textContent).toContain("Kas olete veel siin?");
  });

  test("counts only from our frame and our origin", () => {
    const { button, says, root } = start();
    button.click();
    says(UNREAD, { origin: "https://evil.example" });
    says(UNREAD, { source: window });
    says({ kell: "close" }, { origin: "https://chat.example.evil.example" });
    says(null);
    expect(root.querySelector("b")?.hidden).toBe(true);
    expect(button.getAttribute("aria-expanded")).toBe("true");
  });

  test("is told to the page's listeners, of whom one may be broken", () => {
    const { call, says } = start();
    const heard: unknown[] = [];
    const broken = vi.fn(() => {
      throw new Error("the page's own");
    });
    vi.stubGlobal("reportError", vi.fn());
    call("on", "message", broken);
    for (const name of ["ready", "open", "close", "message", "unread"] as const)
      call("on", name, (about) => heard.push([name, about]));
    call("once", "chat:started", ({ id }) => heard.push(["started", id]));
    call("on", "chat:ended", ({ id }) => heard.push(["ended", id]));
    call("on", "identified", ({ verified }) => heard.push(["identified", verified]));
    call("open");
    says({ kell: "ready" });
    says(NEWS);
    says({ ...NEWS, chat: "one" });
    says({ ...NEWS, chat: "two" });
    says({ kell: "message", message: REPLY });
    says({ ...UNREAD, chat: "two" });
    says({ kell: "identified", verified: true });
    call("off", "close");
    call("close");
    expect(heard).toEqual([
      ["open", undefined],
      ["ready", undefined],
      ["started", "one"],
      ["ended", "one"],
      ["message", REPLY],
      ["unread", 120],
      ["identified", true],
    ]);
    expect(broken).toHaveBeenCalledOnce();
  });
});

test("says how things are", () => {
  const { call, says, state } = start();
  expect(state()).toEqual({ open: false, visible: true, unread: 0, chat: null, identified: null });
  call("hide");
  call("open");
  says({ ...UNREAD, chat: "c" });
  says({ kell: "identified", verified: false });
  expect(state()).toEqual({
    ...{ open: true, visible: false, unread: 120, chat: "c" },
    identified: { verified: false },
  });
});

describe("the next page", () => {
  test("has the chat at hand, out of sight, while one is open or a reply unread", () => {
    const first = start();
    first.call("open");
    first.says({ ...NEWS, chat: "c" });
    first.call("destroy");
    const second = start();
    expect(second.frame()).not.toBeNull();
    expect(second.button.getAttribute("aria-expanded")).toBe("false");
    second.says(NEWS);
    second.call("destroy");
    expect(start().frame()).toBeNull();
  });

  test("keeps for a frame without a storage what it asks to keep, until the visitor logs out", () => {
    const first = start();
    first.call("open");
    first.says({ kell: "keep", what: "a token" });
    first.call("destroy");
    const second = start();
    second.call("open");
    second.arrives();
    expect(second.last()).toMatchObject({ kell: "hello", kept: "a token" });
    second.call("logout");
    expect(sessionStorage).toHaveLength(0);
  });
});

test("a logout reaches the chat even if it was never opened here", () => {
  const { call, arrives, last } = start();
  call("identify", { token: "t" });
  call("logout");
  arrives();
  expect(last()).toMatchObject({ kell: "hello", forget: true, identity: null });
  // The frame loads itself anew to forget.
  arrives();
  expect(last()).toMatchObject({ kell: "hello", forget: false });
});

test("tells the chat where the visitor is, also on a page that never loads another", async () => {
  vi.useFakeTimers();
  const { call, arrives, last } = start();
  call("open");
  arrives();
  history.pushState(null, "", "/throws");
  document.title = "Throws";
  await vi.advanceTimersByTimeAsync(300);
  expect(last()).toEqual({
    kell: "page",
    page: { url: `${location.origin}/throws`, title: "Throws" },
  });
});

test("shutdown takes it out of the page, boot brings it back with its options", () => {
  const { call, host, frame, button } = start();
  call("open");
  call("shutdown");
  expect(host.isConnected).toBe(false);
  expect(frame()).toBeNull();
  call("open");
  expect(frame()).toBeNull();
  call("boot", { position: "left", scheme: "dark" });
  expect(host.isConnected).toBe(true);
  expect(button.parentElement?.className).toBe("left dark");
  call("open");
  expect(frame()).not.toBeNull();
});

test("destroy gives everything back", () => {
  const push = history.pushState;
  const replace = history.replaceState;
  const added = vi.spyOn(window, "addEventListener");
  const removed = vi.spyOn(window, "removeEventListener");
  const { call, host } = start();
  call("open");
  expect(history.pushState).not.toBe(push);
  call("destroy");
  expect(history.pushState).toBe(push);
  expect(history.replaceState).toBe(replace);
  expect(Object.hasOwn(history, "pushState")).toBe(false);
  expect(removed.mock.calls.map(([name]) => name).sort()).toEqual(
    added.mock.calls.map(([name]) => name).sort(),
  );
  expect(host.isConnected).toBe(false);
  expect("Kell" in window).toBe(false);
  call("open");
  expect(document.querySelector("kell-chat")).toBeNull();
});

test("what the page has wrapped around ours goes on working", () => {
  const { call } = start();
  call("open");
  const ours = history.pushState;
  const theirs = vi.fn((...args: Parameters<History["pushState"]>) => ours.apply(history, args));
  history.pushState = theirs;
  call("destroy");
  expect(history.pushState).toBe(theirs);
  history.pushState(null, "", "/still");
  expect(location.pathname).toBe("/still");
  Reflect.deleteProperty(history, "pushState");
});

test("an unknown call is said to whoever built the page", () => {
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  const { call } = start();
  for (const odd of ["dance", "constructor"]) (call as (call: string) => void)(odd);
  expect(warned.mock.calls).toEqual([
    ['Kell: there is no "dance".'],
    ['Kell: there is no "constructor".'],
  ]);
});
