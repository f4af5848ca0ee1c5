/** Arrows, Home and End move through the messages; the way out is Tab or Esc. */
export function moveInThread(event: KeyboardEvent, thread: Element | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || thread === null) return;
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.dataset.message === undefined) return;
  const all = [...thread.querySelectorAll<HTMLElement>("[data-message]")];
  const at = all.indexOf(target);
  const to = next(event.key, at, all.length);
  if (to === null) return;
  event.preventDefault();
  all[to]?.focus();
}

function next(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
