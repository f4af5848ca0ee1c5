import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SITE } from "../testing/site.ts";

type Global = { (...call: unknown[]): void; q?: unknown[] };
const page = window as unknown as Record<string, Global | undefined>;
const host = () => document.querySelector("kell-chat");
const root = () => host()?.shadowRoot;
const button = () => root()?.querySelector<HTMLButtonElement>(".kell");

async function come(part: object = {}): Promise<void> {
  vi.resetModules();
  vi.stubGlobal("__KELL_SITE__", { ...SITE, base: "/none", ...part });
  await import("./main.ts");
}

beforeEach(() => {
  for (const each of document.querySelectorAll("kell-chat")) each.remove();
  delete page.Kell;
  localStorage.clear();
});
afterEach(() => vi.restoreAllMocks());

test("keeps what the page says until the rest is needed", async () => {
  const stub: Global = (...call) => {
    stub.q?.push(call);
  };
  stub.q = [];
  page.Kell = stub;
  page.Kell("identify", { token: "t" });
  await come();
  page.Kell("on", "unread", () => undefined);
  expect(stub.q.map((call) => (call as string[])[0])).toEqual(["identify", "on"]);
});

test("draws one button, however often the script stands in the page", async () => {
  await come();
  await come();
  expect(document.querySelectorAll("kell-chat")).toHaveLength(1);
});

test("greets until the visitor has said that they know", async () => {
  await come({ greeting: "Tere! Kuidas saame aidata?" });
  const bubble = root()?.querySelector("p");
  expect(bubble?.textContent).toContain("Kuidas saame aidata?");
  bubble?.querySelector<HTMLButtonElement>("[aria-label]")?.click();
  expect(root()?.querySelector("p")).toBeNull();
  host()?.remove();
  delete page.Kell;
  await come({ greeting: "Tere! Kuidas saame aidata?" });
  expect(button()).not.toBeNull();
  expect(root()?.querySelector("p")).toBeNull();
});

test.each([
  [["https://shop.example"], false],
  [["http://localhost:3000"], true],
  [["http://*:3000"], true],
  [["http://localhost"], false],
  [["https://*.localhost:3000", "http://localhost:3000"], true],
])("pages of %j: drawn is %j", async (origins, drawn) => {
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  expect(location.origin).toBe("http://localhost:3000");
  await come({ origins });
  expect(host() !== null).toBe(drawn);
  expect(warned.mock.calls).toEqual(
    drawn ? [] : [["Kell: http://localhost:3000 is not among the pages of Lõng & Lina."]],
  );
});

test("a page that may keep nothing has its launcher all the same", async () => {
  vi.stubGlobal("localStorage", undefined);
  await come({ greeting: "Tere!" });
  root()?.querySelector<HTMLButtonElement>("p [aria-label]")?.click();
  expect(button()).not.toBeNull();
  expect(root()?.querySelector("p")).toBeNull();
});
