import { expect, test } from "vitest";
import { shortcutOf } from "./shortcuts.ts";

const NONE = {
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
};

test("single keys do their deed outside of fields", () => {
  expect(shortcutOf({ ...NONE, key: "j" }, false, true)).toBe("next");
  expect(shortcutOf({ ...NONE, key: "2" }, false, true)).toEqual({ view: 1 });
  expect(shortcutOf({ ...NONE, key: "j" }, true, true)).toBeNull();
});

test("a Cyrillic keyboard has them at the same places", () => {
  expect(shortcutOf({ ...NONE, key: "о", code: "KeyJ" }, false, true)).toBe("next");
  expect(shortcutOf({ ...NONE, key: "ц", code: "KeyW" }, false, true)).toBe("longest");
});

test("the browser's own combinations stay its own", () => {
  expect(shortcutOf({ ...NONE, key: "w", ctrlKey: true }, false, true)).toBeNull();
  expect(shortcutOf({ ...NONE, key: "r", metaKey: true }, false, true)).toBeNull();
});

test("anything is found from anywhere, and the question mark says what the keys do", () => {
  expect(shortcutOf({ ...NONE, key: "k", ctrlKey: true }, true, false)).toBe("palette");
  expect(shortcutOf({ ...NONE, key: "л", code: "KeyK", metaKey: true }, true, true)).toBe(
    "palette",
  );
  expect(shortcutOf({ ...NONE, key: "?", shiftKey: true }, false, true)).toBe("help");
  expect(shortcutOf({ ...NONE, key: "?", shiftKey: true }, true, true)).toBeNull();
  expect(shortcutOf({ ...NONE, key: "/" }, false, true)).toBe("canned");
});

test("letters can be switched off, Esc stays", () => {
  expect(shortcutOf({ ...NONE, key: "e" }, false, false)).toBeNull();
  expect(shortcutOf({ ...NONE, key: "Escape" }, true, false)).toBe("back");
});
