import { type Signal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { rowWish } from "./row-wish.ts";

/** Takes the focus to a row; `focused` is the one that is always drawn, wherever it is. */
export function useRowFocus(
  root: { current: HTMLElement | null },
  focused: Signal<string | null>,
  known: (id: string) => boolean,
): (id: string) => void {
  const frame = useRef(0);

  function go(id: string): void {
    focused.value = id;
    // Keys may come faster than frames: only the last one counts.
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const row = root.current?.querySelector<HTMLElement>(`[data-row="${id}"]`);
      row?.scrollIntoView({ block: "nearest" });
      row?.focus();
    });
  }

  useSignalEffect(() => {
    const id = rowWish.value;
    if (id === null || !known(id)) return;
    rowWish.value = null;
    go(id);
  });
  return go;
}
