import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Chunk } from "./chunks.ts";

/** What is drawn around what is in sight, in pixels: more than one turn of a wheel. */
const BEYOND = 1500;

export interface Chunks {
  /** How high a chunk stands that is not drawn; one that is drawn is not in it. */
  readonly spaces: ReadonlySignal<ReadonlyMap<number, number>>;
  /** Choose anew what is drawn: the thread was scrolled. */
  look(): void;
  /** Draw this one, wherever it is. */
  show(key: number): void;
}

/** Draws the chunks around what is in sight; the others are as empty and as high as they last were. */
export function useChunks(
  root: { current: HTMLElement | null },
  chunks: readonly Chunk[],
  atEnd: ReadonlySignal<boolean>,
): Chunks {
  const spaces = useSignal<ReadonlyMap<number, number>>(new Map());
  const anchor = useRef<{ element: Element; top: number } | null>(null);

  const made = useMemo<Chunks>(() => {
    function set(next: ReadonlyMap<number, number>): void {
      const before = spaces.peek();
      const same = next.size === before.size && [...next.keys()].every((key) => before.has(key));
      if (same) return;
      anchor.current = inSight(root.current);
      spaces.value = next;
    }

    return {
      spaces,
      look() {
        const scroller = root.current;
        if (scroller === null) return;
        const sight = scroller.getBoundingClientRect();
        const next = new Map<number, number>();
        for (const element of pieces(scroller)) {
          const { top, bottom, height } = element.getBoundingClientRect();
          const near = bottom > sight.top - BEYOND && top < sight.bottom + BEYOND;
          if (near || element.contains(document.activeElement)) continue;
          next.set(Number(element.dataset.chunk), height);
        }
        set(next);
      },
      show(key) {
        const next = new Map(spaces.peek());
        next.delete(key);
        set(next);
      },
    };
  }, [root, spaces]);

  // A chunk that was left out may have another height by now: what is in sight keeps its place.
  const drawn = spaces.value;
  useLayoutEffect(() => {
    const kept = anchor.current;
    anchor.current = null;
    const scroller = root.current;
    if (drawn === undefined || kept === null || scroller === null || !kept.element.isConnected)
      return;
    const moved = kept.element.getBoundingClientRect().top - kept.top;
    if (Math.abs(moved) > 0.5 && !atEnd.peek()) scroller.scrollTop += moved;
  }, [root, drawn, atEnd]);

  useEffect(() => {
    if (chunks.length > 0) made.look();
  }, [made, chunks]);

  return made;
}

function pieces(scroller: HTMLElement): NodeListOf<HTMLElement> {
  return scroller.querySelectorAll<HTMLElement>("[data-chunk]");
}

/** The first line in sight: it is drawn before and after. */
function inSight(scroller: HTMLElement | null): { element: Element; top: number } | null {
  if (scroller === null) return null;
  const edge = scroller.getBoundingClientRect().top;
  for (const piece of pieces(scroller)) {
    if (piece.getBoundingClientRect().bottom <= edge) continue;
    for (const element of piece.children) {
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom > edge) return { element, top };
    }
  }
  return null;
}
