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
};

type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing"
>;

/** `letters` is false when the operator has switched single letters off; Esc always works. */
export function shortcutOf(pressed: Pressed, inField: boolean, letters: boolean): Shortcut | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return null;
  if (pressed.key === "Escape") return "back";
  if (inField || !letters || pressed.shiftKey) return null;
  if (/^[1-4]$/.test(pressed.key)) return { view: Number(pressed.key) - 1 };
  return LETTERS[letterOf(pressed)] ?? null;
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
