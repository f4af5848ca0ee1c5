import { useLayoutEffect, useRef } from "preact/hooks";
import { shiftOf } from "./shift.ts";

/** Rows that changed places slide there; `order` says when they may have. */
export function useGlide(root: { current: HTMLElement | null }, order: string): void {
  const before = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const drawn = root.current?.querySelectorAll<HTMLElement>("[data-glide]") ?? [];
    const now = new Map([...drawn].map((row) => [row.dataset.glide ?? "", placeOf(row)]));
    const shift = keepPlace(root.current, before.current, now);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const row of drawn) {
      const to = now.get(row.dataset.glide ?? "") ?? 0;
      const from = before.current.get(row.dataset.glide ?? "");
      const moved = from === undefined ? 0 : from + shift - to;
      if (moved !== 0 && !still) glide(row, moved);
    }
    before.current = now;
  }, [order, root]);
}

/** Rows that come above what is in sight push nothing: the scroller follows them. */
function keepPlace(
  root: HTMLElement | null,
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): number {
  const scroller = root?.closest<HTMLElement>("[data-scroller]");
  if (!scroller || scroller.scrollTop === 0) return 0;
  const { scrollTop: top, clientHeight } = scroller;
  const shift = shiftOf(before, now, { top, bottom: top + clientHeight });
  if (shift !== 0) scroller.scrollTop = top + shift;
  return shift;
}

function placeOf(row: HTMLElement): number {
  return row.offsetTop + (row.parentElement?.offsetTop ?? 0);
}

function glide(row: HTMLElement, from: number): void {
  row.animate([{ transform: `translateY(${from}px)` }, { transform: "none" }], {
    duration: 220,
    easing: "cubic-bezier(.2, .7, .2, 1)",
  });
}
