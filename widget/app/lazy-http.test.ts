import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PlainHttp } from "../../browser/plain-http.ts";
import { createLazyHttp } from "./lazy-http.ts";

function setUp(fail = 0) {
  const http: PlainHttp = {
    call: vi.fn(() => Promise.resolve({ done: true })),
    ...{ start: vi.fn(), restart: vi.fn(), look: vi.fn(), stop: vi.fn() },
  };
  let failures = fail;
  const load = vi.fn(() =>
    failures-- > 0
      ? Promise.reject(new TypeError())
      : Promise.resolve({ createPlainHttp: () => http } as never),
  );
  const became = vi.fn();
  const options = { side: "visitor", url: "", happened: vi.fn(), became } as const;
  return { http, load, became, lazy: createLazyHttp(options, load) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test("costs nothing where a socket comes through", async () => {
  const { lazy, load } = setUp();
  lazy.restart();
  lazy.look();
  lazy.stop();
  expect(await lazy.call("hello", {})).toEqual({ error: { code: "offline" } });
  expect(load).not.toHaveBeenCalled();
});

test("is fetched when it is to start, and then is the real one", async () => {
  const { lazy, http } = setUp();
  lazy.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(http.start).toHaveBeenCalledOnce();
  expect(await lazy.call("hello", {})).toEqual({ done: true });
});

test("is asked for until it comes, unless a socket comes first", async () => {
  const { lazy, http, load, became } = setUp(1);
  lazy.start();
  await vi.advanceTimersByTimeAsync(4999);
  expect(became.mock.calls).toEqual([["offline"]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(http.start).toHaveBeenCalledOnce();
  expect(load).toHaveBeenCalledTimes(2);
  const other = setUp(9);
  other.lazy.start();
  await vi.advanceTimersByTimeAsync(0);
  other.lazy.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(other.load).toHaveBeenCalledOnce();
});
