/** What a single key does outside of fields. */
export type Shortcut =
  | "next"
  | "previous"
  | "longest"
  | "reply"
  | "note"
  | "take"
  | "end"
  | "visitor"
  | "handOver"
  | "mute"
  | "canned"
  | "help"
  | "palette"
  | "back"
  | { view: number };

const LETTERS: Record<string, Shortcut> = {
  j: "next",
  k: "previous",
  w: "longest",
  r: "reply",
  n: "note",
  t: "take",
  e: "end",
  i: "visitor",
  h: "handOver",
  m: "mute",
};

type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing"
>;

/** `letters` is false when the operator has switched single letters off; Esc always works. */
export function shortcutOf(pressed: Pressed, inField: boolean, letters: boolean): Shortcut | null {
  if (isFind(pressed)) return "palette";
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return null;
  if (pressed.key === "Escape") return "back";
  if (inField || !letters) return null;
  // Where the question mark stands differs from keyboard to keyboard.
  if (pressed.key === "?") return "help";
  if (pressed.shiftKey) return null;
  if (pressed.key === "/") return "canned";
  if (/^[1-5]$/.test(pressed.key)) return { view: Number(pressed.key) - 1 };
  return LETTERS[letterOf(pressed)] ?? null;
}

/** Ctrl+K, in a field too. */
function isFind(pressed: Pressed): boolean {
  if (pressed.ctrlKey === pressed.metaKey || pressed.altKey || pressed.shiftKey) return false;
  return letterOf(pressed) === "k";
}

/** On a Cyrillic keyboard the key that is J by place counts as J. */
function letterOf({ key, code }: Pressed): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? "";
}

export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
