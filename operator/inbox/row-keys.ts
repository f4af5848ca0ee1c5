/** Arrows, Home and End move through the rows; the rest of the page is one Tab away. */
export function moveFocus(event: KeyboardEvent, list: Element | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || list === null) return;
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (at === -1) return;
  const to = target(event.key, at, rows.length);
  if (to === null) return;
  event.preventDefault();
  rows[to]?.focus();
}

function target(key: string, at: number, count: number): number | null {
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
