/** What a key pressed in the composer does; null leaves it to the browser. */
export type ComposerAction = "send" | "leave" | "last";

type Pressed = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing"
>;

interface Situation {
  empty: boolean;
  /** Not on the screen's keyboard, which has no Shift+Enter, nor where the operator wants it so. */
  enterSends: boolean;
}

export function composerAction(
  pressed: Pressed,
  { empty, enterSends }: Situation,
): ComposerAction | null {
  // Enter also ends the input of a Japanese word, say.
  if (pressed.isComposing) return null;
  const plain = !pressed.ctrlKey && !pressed.metaKey && !pressed.altKey && !pressed.shiftKey;
  switch (pressed.key) {
    case "Enter":
      if (pressed.ctrlKey || pressed.metaKey) return "send";
      return plain && enterSends ? "send" : null;
    case "Escape":
      return "leave";
    case "ArrowUp":
      return plain && empty ? "last" : null;
    default:
      return null;
  }
}
