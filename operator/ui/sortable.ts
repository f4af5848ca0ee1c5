import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Moves one item of a list; both are places in it. */
export type Move = (from: number, to: number) => void;

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, place) => place !== from);
  const item = items[from];
  return item === undefined ? rest : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** `list` is the list's ref, `grip(place)` what a button needs whose item arrow keys and a pointer move. */
export function useSortable(count: number, move: Move) {
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<number | null>(null);
  const drag = useRef<AbortController | null>(null);
  const latest = useRef(move);
  latest.current = move;

  // The item's element may have moved, and the focus stays where the element was.
  useLayoutEffect(() => {
    if (focus.current === null) return;
    const item = list.current?.children[focus.current];
    focus.current = null;
    item?.querySelector<HTMLElement>("[data-grip]")?.focus();
  });
  useEffect(() => () => drag.current?.abort(), []);

  function hold(place: number): void {
    const end = new AbortController();
    let at = place;
    drag.current?.abort();
    drag.current = end;
    const { signal } = end;
    const stop = () => end.abort();
    document.addEventListener("pointerup", stop, { signal });
    document.addEventListener("pointercancel", stop, { signal });
    document.addEventListener(
      "pointermove",
      ({ clientY }) => {
        const to = placeAt([...(list.current?.children ?? [])], at, clientY);
        if (to !== at) latest.current(at, to);
        at = to;
      },
      { signal },
    );
  }

  function grip(place: number) {
    return {
      "data-grip": "",
      onKeyDown(event: KeyboardEvent): void {
        const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        if (by === 0) return;
        event.preventDefault();
        const to = place + by;
        if (to < 0 || to >= count) return;
        focus.current = to;
        latest.current(place, to);
      },
      onPointerDown(event: PointerEvent): void {
        if (event.button === 0) hold(place);
      },
    };
  }

  return { list, grip };
}

/** Past the middle of a neighbour the item takes its place. */
export function placeAt(items: readonly Element[], from: number, y: number): number {
  const middle = (place: number) => {
    const box = items[place]?.getBoundingClientRect();
    return box === undefined ? Number.NaN : box.top + box.height / 2;
  };
  if (y < middle(from - 1)) return from - 1;
  if (y > middle(from + 1)) return from + 1;
  return from;
}
