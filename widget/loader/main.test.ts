import { beforeEach, expect, test, vi } from "vitest";

import { inertFrames } from "./inert-frame.ts";

interface Page {
  Kell?: { (...call: unknown[]): void; q?: unknown[]; live?: true };
}

const page = window as unknown as Page;
const site = { site: "k", base: "https://chat.example", name: "Site", lang: "en" };

beforeEach(() => {
  document.body.replaceChildren();
  inertFrames();
  delete page.Kell;
  vi.resetModules();
  vi.stubGlobal("__KELL_SITE__", site);
});

test("answers calls that were made before it came", async () => {
  const stub = (...call: unknown[]): void => {
    stub.q.push(call);
  };
  stub.q = [] as unknown[];
  page.Kell = stub;
  page.Kell("open");
  await import("./main.ts");
  expect(document.querySelector("kell-chat")?.shadowRoot?.querySelector("iframe")).not.toBeNull();
  page.Kell("close");
  const button = document.querySelector("kell-chat")?.shadowRoot?.querySelector("button");
  expect(button?.getAttribute("aria-expanded")).toBe("false");
});

test("draws one button, however often the script stands in the page", async () => {
  await import("./main.ts");
  vi.resetModules();
  await import("./main.ts");
  expect(document.querySelectorAll("kell-chat")).toHaveLength(1);
});
