/** What a key pressed in the composer does; null leaves it to the browser. */
export type ComposerAction = "send" | "leave" | "last";

type Pressed = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing"
>;

interface Situation {
  empty: boolean;
  /** A keyboard on the screen has no Shift+Enter: there Enter makes a line, and a button sends. */
  touch: boolean;
}

export function composerAction(
  pressed: Pressed,
  { empty, touch }: Situation,
): ComposerAction | null {
  // Enter also ends the input of a Japanese word, say.
  if (pressed.isComposing) return null;
  const plain = !pressed.ctrlKey && !pressed.metaKey && !pressed.altKey && !pressed.shiftKey;
  switch (pressed.key) {
    case "Enter":
      if (pressed.ctrlKey || pressed.metaKey) return "send";
      return plain && !touch ? "send" : null;
    case "Escape":
      return "leave";
    case "ArrowUp":
      return plain && empty ? "last" : null;
    default:
      return null;
  }
}
