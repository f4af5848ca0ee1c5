import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/** Which rows of a long list are drawn: from this one, up to before that one. */
export interface Range {
  from: number;
  to: number;
}

/** Rows drawn beyond each edge of what is in sight: the next frame of a scroll needs no drawing. */
const BEYOND = 12;
/** What is in sight is told in steps of so many pixels: most frames of a scroll draw nothing. */
const STEP = 240;

export interface Sight {
  top: number;
  bottom: number;
}

/** `top` is where the first row stands, `view` what is in sight, all in pixels of one scroller. */
export function rangeOf(top: number, step: number, count: number, view: Sight): Range {
  const first = Math.floor((view.top - top) / step) - BEYOND;
  const last = Math.ceil((view.bottom - top) / step) + BEYOND;
  const from = Math.min(count, Math.max(0, first));
  return { from, to: Math.max(from, Math.min(count, last)) };
}

/** What is in sight of the scroller around an element; kept up while it scrolls or changes size. */
export function useSight(root: { current: HTMLElement | null }): ReadonlySignal<Sight> {
  const sight = useSignal<Sight>({ top: 0, bottom: 5 * STEP });
  useLayoutEffect(() => {
    const scroller = root.current?.closest<HTMLElement>("[data-scroller]");
    if (!scroller) return;
    const look = () => {
      const top = Math.floor(scroller.scrollTop / STEP) * STEP;
      const end = scroller.scrollTop + scroller.clientHeight;
      const bottom = Math.ceil(end / STEP) * STEP;
      const before = sight.peek();
      if (before.top !== top || before.bottom !== bottom) sight.value = { top, bottom };
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    return () => {
      watch.disconnect();
      scroller.removeEventListener("scroll", look);
    };
  }, [root, sight]);
  return sight;
}
