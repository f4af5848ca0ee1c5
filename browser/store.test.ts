import { beforeEach, expect, test, vi } from "vitest";
import { createStore } from "./store.ts";

beforeEach(() => localStorage.clear());

test("keeps text over reloads, under its own prefix", () => {
  localStorage.setItem("other", "not ours");
  const store = createStore("kell.");
  store.set("token", "t");
  store.set("draft.1", "one");
  const again = createStore("kell.");
  expect(again.get("token")).toBe("t");
  expect(again.names("draft.")).toEqual(["draft.1"]);
  again.set("token", null);
  expect(createStore("kell.").get("token")).toBeNull();
  expect(localStorage.getItem("other")).toBe("not ours");
});

test("works from memory where storage is denied", () => {
  vi.stubGlobal(
    "localStorage",
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new DOMException("denied", "SecurityError");
        },
      },
    ),
  );
  const store = createStore("kell.");
  store.set("token", "t");
  expect(store.get("token")).toBe("t");
});

test("works from memory when storage is full", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const store = createStore("kell.");
  store.set("token", "t");
  expect(store.get("token")).toBe("t");
});
