import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { part } from "./part.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test("is fetched once, when it is needed", async () => {
  const load = vi.fn(() => Promise.resolve("the form"));
  const form = part(load);
  expect(load).not.toHaveBeenCalled();
  expect(form.value).toBeNull();
  form.fetch();
  await vi.advanceTimersByTimeAsync(0);
  expect(form.value).toBe("the form");
  expect(load).toHaveBeenCalledOnce();
});

test("one that a newer server has no more comes with a new page", async () => {
  const reload = vi.fn();
  const form = part(() => Promise.reject(new TypeError()), reload);
  form.fetch();
  await vi.advanceTimersByTimeAsync(2999);
  expect(reload).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(reload).toHaveBeenCalledOnce();
});

test("without a network it is tried again, since a reload would show nothing at all", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const load = vi.fn(() => Promise.reject(new TypeError()));
  const reload = vi.fn();
  part(load, reload).fetch();
  await vi.advanceTimersByTimeAsync(3000);
  expect(reload).not.toHaveBeenCalled();
  expect(load).toHaveBeenCalledTimes(2);
});
