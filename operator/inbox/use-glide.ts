import { useLayoutEffect, useRef } from "preact/hooks";

/** Rows that changed places slide there; `order` says when they may have. */
export function useGlide(root: { current: HTMLElement | null }, order: string): void {
  const before = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const now = new Map<string, number>();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const row of root.current?.querySelectorAll<HTMLElement>("[data-glide]") ?? []) {
      const id = row.dataset.glide ?? "";
      now.set(id, row.offsetTop);
      const moved = (before.current.get(id) ?? row.offsetTop) - row.offsetTop;
      if (moved !== 0 && !still) glide(row, moved);
    }
    before.current = now;
  }, [order, root]);
}

function glide(row: HTMLElement, from: number): void {
  row.animate([{ transform: `translateY(${from}px)` }, { transform: "none" }], {
    duration: 220,
    easing: "cubic-bezier(.2, .7, .2, 1)",
  });
}
