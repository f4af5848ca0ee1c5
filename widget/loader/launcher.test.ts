import { expect, test, vi } from "vitest";
import { SITE } from "../testing/site.ts";
import { draw } from "./launcher.ts";
import type { Site } from "./site.ts";

function drawn(part: Partial<Site> = {}) {
  document.querySelector("kell-chat")?.remove();
  return draw({ ...SITE, ...part });
}

test("draws a button that says what it is, and nothing that a policy of the page could block", () => {
  const { button, root, host } = drawn();
  expect(button.getAttribute("aria-label")).toBe("Vestlus");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(root.querySelector("style, [style]")).toBeNull();
  expect(root.adoptedStyleSheets[0]?.cssRules[0]?.cssText).toContain("--site: #2f5d50");
  expect(host.hasAttribute("style")).toBe(false);
  // A page may change its body for another one.
  expect(host.parentElement).toBe(document.documentElement);
});

test("shows a picture over the symbol if the site has one, unless it doesn't come", () => {
  const { button } = drawn({ photo: "/pictures/liisa.webp", online: false });
  const picture = button.querySelector("img");
  expect(picture?.src).toBe("https://chat.example/pictures/liisa.webp");
  expect(picture?.alt).toBe("");
  expect(button.className).toContain("off");
  picture?.dispatchEvent(new Event("error"));
  expect(button.querySelector("img")).toBeNull();
});

test("stands where the site wants it", () => {
  expect(drawn({ position: "left" }).button.parentElement?.className).toContain("left");
});

test("a bubble leads on, or away", () => {
  const [on, off] = [vi.fn(), vi.fn()];
  const bubble = drawn().say("<b>Tere!</b>", on, off);
  const [go, cross] = bubble.querySelectorAll("button");
  expect(go?.textContent).toBe("<b>Tere!</b>");
  expect(cross?.getAttribute("aria-label")).toBe("Sulge");
  go?.click();
  expect(on).toHaveBeenCalledOnce();
  cross?.click();
  expect(off).toHaveBeenCalledOnce();
});
