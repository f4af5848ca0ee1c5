/** Arrows, Home and End move through the rows; the rest of the page is one Tab away. */
export function nextRow(
  event: KeyboardEvent,
  ids: readonly string[],
  focused: string | null,
): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (!(event.target instanceof Element) || !event.target.closest("[data-row]")) return null;
  // Keys may come faster than rows are drawn: the place is the one that was last asked for.
  const at = ids.indexOf(focused ?? "");
  if (at === -1) return null;
  return ids[target(event.key, at, ids.length)] ?? null;
}

function target(key: string, at: number, count: number): number {
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
      return -1;
  }
}
