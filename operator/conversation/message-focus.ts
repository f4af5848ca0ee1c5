import { signal } from "@preact/signals";

/** The message that the keyboard, the mouse or a finger is at: it alone shows its buttons. */
export const activeMessage = signal<string | null>(null);

/** The message that a click on a quote led to, ringed for a moment. */
export const ringed = signal<string | null>(null);

const RING = 1200;
let timer: ReturnType<typeof setTimeout> | undefined;

export function elementOf(message: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-message="${message}"]`);
}

/** Scroll there, and ring it. False if it is not in the thread. */
export function lead(message: string): boolean {
  const element = elementOf(message);
  if (element === null) return false;
  element.scrollIntoView({ block: "center", behavior: isNear(element) ? "smooth" : "auto" });
  element.focus({ preventScroll: true });
  ringed.value = message;
  clearTimeout(timer);
  timer = setTimeout(() => {
    ringed.value = null;
  }, RING);
  return true;
}

/** A long way is jumped, and who wants no movement always jumps. */
function isNear(element: HTMLElement): boolean {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
  return Math.abs(element.getBoundingClientRect().top) < 2 * innerHeight;
}

/** A message that is about to go hands the focus to the one before it, or after it. */
export function focusBeside(message: string): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-message]")];
  const at = all.findIndex((element) => element.dataset.message === message);
  (all[at - 1] ?? all[at + 1])?.focus({ preventScroll: true });
}

/** From the empty composer up into the thread. */
export function focusLast(chat: string): void {
  const all = document.querySelectorAll<HTMLElement>(`[data-thread="${chat}"] [data-message]`);
  all.item(all.length - 1)?.focus();
}
