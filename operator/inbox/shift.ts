import type { Sight } from "../ui/rows-window.ts";

/** By how much most rows in sight have moved; one row alone that moves is no shift of the list. */
export function shiftOf(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
  sight: Sight,
): number {
  const moved: number[] = [];
  for (const [id, place] of before) {
    const to = now.get(id);
    if (to !== undefined && place >= sight.top && place < sight.bottom) moved.push(to - place);
  }
  moved.sort((a, b) => a - b);
  return moved[Math.floor(moved.length / 2)] ?? 0;
}
