import { expect, test } from "vitest";
import { composerAction } from "./composer-keys.ts";

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false };
const desk = { empty: false, enterSends: true };
const phone = { empty: false, enterSends: false };

test("Enter and Ctrl+Enter send, Shift+Enter makes a line", () => {
  expect(composerAction({ ...NONE, key: "Enter" }, desk)).toBe("send");
  expect(composerAction({ ...NONE, key: "Enter", ctrlKey: true }, desk)).toBe("send");
  expect(composerAction({ ...NONE, key: "Enter", metaKey: true }, desk)).toBe("send");
  expect(composerAction({ ...NONE, key: "Enter", shiftKey: true }, desk)).toBeNull();
});

test("on a keyboard on the screen, or where it is wanted so, Enter makes a line", () => {
  expect(composerAction({ ...NONE, key: "Enter" }, phone)).toBeNull();
  expect(composerAction({ ...NONE, key: "Enter", ctrlKey: true }, phone)).toBe("send");
});

test("Enter that ends a word of an input method sends nothing", () => {
  expect(composerAction({ ...NONE, key: "Enter", isComposing: true }, desk)).toBeNull();
});

test("up leads into the thread, from an empty composer only", () => {
  expect(composerAction({ ...NONE, key: "ArrowUp" }, { ...desk, empty: true })).toBe("last");
  expect(composerAction({ ...NONE, key: "ArrowUp" }, desk)).toBeNull();
});

test("Esc leaves", () => {
  expect(composerAction({ ...NONE, key: "Escape" }, desk)).toBe("leave");
});
