import { useRef, useState } from "preact/hooks";

/** So many pixels to the end side are meant. */
const FAR = 48;
const FARTHEST = 64;
/** A finger is never quite still. */
const SLACK = 8;

type Pull = "no" | "little" | "far";

/**
 * Pulling a message to its end side acts on it. `--pull` says how far it is, in pixels; what moves,
 * and whether, is up to the style. Up and down stays with the browser (`touch-action`).
 */
export function useSwipe(act: (() => void) | null) {
  const from = useRef<{ x: number; y: number } | null>(null);
  const [pull, setPull] = useState<Pull>("no");

  function wayOf({ clientX, clientY, currentTarget }: PointerEvent): number {
    if (!from.current) return 0;
    const toEnd = getComputedStyle(currentTarget as Element).direction === "rtl" ? -1 : 1;
    const way = toEnd * (clientX - from.current.x);
    return Math.abs(clientY - from.current.y) < way ? way : 0;
  }

  function show({ currentTarget }: PointerEvent, way: number): void {
    const line = currentTarget as HTMLElement;
    const toEnd = getComputedStyle(line).direction === "rtl" ? -1 : 1;
    line.style.setProperty("--pull", `${toEnd * Math.min(FARTHEST, way > SLACK ? way : 0)}`);
    setPull(way < SLACK ? "no" : way < FAR ? "little" : "far");
  }

  function end(event: PointerEvent): void {
    from.current = null;
    show(event, 0);
  }

  const handlers = {
    onPointerDown({ clientX, clientY, pointerType, isPrimary }: PointerEvent) {
      from.current = pointerType === "touch" && isPrimary ? { x: clientX, y: clientY } : null;
    },
    onPointerMove(event: PointerEvent) {
      if (from.current) show(event, wayOf(event));
    },
    onPointerUp(event: PointerEvent) {
      const meant = wayOf(event) >= FAR;
      end(event);
      if (meant) act?.();
    },
    onPointerCancel: end,
  };
  return { pull, handlers: act ? handlers : {} };
}
