import { beforeEach, describe, expect, test, vi } from "vitest";
import { inertFrames } from "./inert-frame.ts";
import { start } from "./launcher.ts";
import type { Site } from "./site.ts";

const site: Site = {
  site: "a key&more",
  base: "https://chat.example",
  name: "Lõng & Lina",
  color: "#2f5d50",
  lang: "et",
};

function open(languages: string[] = ["ru-RU", "en"]) {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
  const { told, inside } = inertFrames();
  const call = start(site);
  const host = document.querySelector("kell-chat");
  const root = host?.shadowRoot;
  const button = root?.querySelector("button");
  if (!(host instanceof HTMLElement) || !root || !button) throw new Error("nothing was drawn");
  const frame = () => root.querySelector("iframe");
  /** The chat in the frame has come. */
  const arrives = () => frame()?.onload?.(new Event("load"));
  const says = (data: unknown, from: Partial<MessageEventInit> = {}) => {
    const event = new MessageEvent("message", { data, origin: site.base, ...from });
    dispatchEvent(Object.defineProperty(event, "source", { value: from.source ?? inside }));
  };
  return { call, host, root, button, frame, told, arrives, says };
}

beforeEach(() => {
  document.body.replaceChildren();
});

test("draws a button in the visitor's language, and fetches nothing yet", () => {
  const { button, frame, root, host } = open();
  expect(button.getAttribute("aria-label")).toBe("Чат");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(frame()).toBeNull();
  // What a strict CSP of the page would block.
  expect(root.querySelector("style")).toBeNull();
  expect(host.style.getPropertyValue("--site")).toBe("#2f5d50");
});

test("speaks the site's language to those whose languages it does not know", () => {
  expect(open(["fr", "de"]).button.getAttribute("aria-label")).toBe("Vestlus");
});

describe("opening", () => {
  test("fetches the chat once, and shows and hides it", () => {
    const { button, frame, root } = open();
    button.click();
    const made = frame();
    expect(made?.src).toBe("https://chat.example/widget/?site=a%20key%26more&lang=ru");
    expect(made?.allow).toBe("autoplay; clipboard-write");
    expect(made?.title).toBe("Чат");
    expect(button.getAttribute("aria-expanded")).toBe("true");
    button.click();
    button.click();
    expect(root.querySelectorAll("iframe")).toHaveLength(1);
    expect(frame()).toBe(made);
  });

  test("tells the frame where it is, and whether it is seen, by its exact origin", () => {
    const { button, told, arrives } = open();
    button.click();
    arrives();
    button.click();
    expect(told).toEqual([
      [
        {
          ...{ kell: "hello", name: site.name, color: "#2f5d50", shown: true },
          page: { url: location.href, title: document.title },
        },
        "https://chat.example",
      ],
      [{ kell: "shown", shown: false }, "https://chat.example"],
    ]);
  });

  test("Escape and the frame's own button close it; the focus returns to the launcher", () => {
    const { button, host, says, root } = open();
    button.click();
    says({ kell: "close" });
    expect(button.getAttribute("aria-expanded")).toBe("false");
    button.click();
    button.focus();
    host.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(button.getAttribute("aria-expanded")).toBe("false");
    expect(root.activeElement).toBe(button);
  });
});

describe("what the frame says", () => {
  const unread = { kell: "unread", count: 120, label: "120 новых сообщений" };

  test("stands on the closed button, in figures and in words", () => {
    const { button, says, root } = open();
    button.click();
    button.click();
    says(unread);
    expect(root.querySelector("b")?.textContent).toBe("99+");
    expect(root.querySelector("b")?.hidden).toBe(false);
    expect(button.getAttribute("aria-label")).toBe("Чат, 120 новых сообщений");
    says({ kell: "unread", count: 0, label: "" });
    expect(root.querySelector("b")?.hidden).toBe(true);
    expect(button.getAttribute("aria-label")).toBe("Чат");
  });

  test("reaches the page's listeners", () => {
    const { call, button, says } = open();
    const heard = vi.fn();
    call("on", "message", heard);
    button.click();
    const message = { id: "m", text: "Tere!", name: "Liisa", at: "2026-11-22T10:37:03.123Z" };
    says({ kell: "message", message });
    expect(heard).toHaveBeenCalledExactlyOnceWith(message);
  });

  test("counts only from our frame and our origin", () => {
    const { button, says, root } = open();
    button.click();
    says(unread, { origin: "https://evil.example" });
    says(unread, { source: window });
    says({ kell: "close" }, { origin: "https://chat.example.evil.example" });
    says(null);
    expect(root.querySelector("b")?.hidden).toBe(true);
    expect(button.getAttribute("aria-expanded")).toBe("true");
  });
});

test("a page opens and closes it by name; unknown words do nothing", () => {
  const { call, button } = open();
  call("open");
  expect(button.getAttribute("aria-expanded")).toBe("true");
  call("close");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  call(...(["dance"] as unknown as ["open"]));
  expect(button.getAttribute("aria-expanded")).toBe("false");
});
