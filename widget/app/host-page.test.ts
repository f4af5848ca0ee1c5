import { afterEach, expect, test, vi } from "vitest";
import { meetHostPage } from "./host-page.ts";
import { HELLO } from "./testing.ts";

function framed() {
  const told: unknown[][] = [];
  const around = { postMessage: (...args: unknown[]) => told.push(args) } as unknown as Window;
  vi.stubGlobal("parent", around);
  const page = meetHostPage();
  const says = (data: unknown, origin = "https://shop.example", source: unknown = around) => {
    const event = new MessageEvent("message", { data, origin });
    dispatchEvent(Object.defineProperty(event, "source", { value: source }));
  };
  return { page, says, told };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("opened by itself there is no page around it, and it is seen", () => {
  const page = meetHostPage();
  expect(page.alone).toBe(true);
  expect(page.shown.value).toBe(true);
  expect(page.info.value).toBeNull();
});

test("learns from the page's hello, and answers its origin only", () => {
  const { page, says, told } = framed();
  expect(page.shown.value).toBe(false);
  page.tell({ kell: "close" });
  expect(told).toEqual([]);
  says(HELLO);
  expect(page.hello.value?.name).toBe("Lõng & Lina");
  expect(page.info.value).toEqual(HELLO.page);
  page.tell({ kell: "close" });
  expect(told).toEqual([[{ kell: "close" }, "https://shop.example"]]);
  says({ kell: "shown", shown: false });
  expect(page.shown.value).toBe(false);
});

test("hears what the page says of the visitor, and of where they are", async () => {
  const { page, says } = framed();
  says({ ...HELLO, answers: { name: "Kadri-Liis" } });
  expect((await page.met)?.kept).toBeNull();
  says({ kell: "prefill", answers: { topic: "order" } });
  expect(page.answers.value).toEqual({ name: "Kadri-Liis", topic: "order" });
  says({ kell: "identify", identity: { token: "signed" } });
  expect(page.identity.value).toEqual({ token: "signed" });
  const linen = { url: "https://shop.example/linen", title: "Linen" };
  says({ kell: "page", page: linen });
  expect(page.info.value).toEqual(linen);
  says({ kell: "look", look: { ...HELLO.look, scheme: "dark" } });
  expect(page.look.value?.scheme).toBe("dark");
  says({ kell: "logout" });
  expect(page.forgotten.value).toBe(1);
  expect([page.identity.value, page.answers.value]).toEqual([null, {}]);
});

test("does not listen to anybody else", () => {
  const { page, says, told } = framed();
  says(HELLO, "https://shop.example", window);
  says(HELLO, "null");
  says({ kell: "shown", shown: true });
  says("hello");
  says(null);
  expect(page.hello.value).toBeNull();
  expect(page.shown.value).toBe(false);
  says(HELLO);
  says({ kell: "shown", shown: false }, "https://evil.example");
  expect(page.shown.value).toBe(true);
  expect(told).toEqual([]);
});
