import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { cx } from "./cx.ts";
import css from "./menu.module.css";

/** How near to the window's edge it may come, in pixels. */
const EDGE = 8;

interface Props {
  /** Names the button that opens it. */
  label: string;
  button: ComponentChildren;
  buttonClass?: string | undefined;
  /** Which edge of the button the box keeps to; `corner` stands beside it, away from the edges. */
  placement?: "start" | "end" | "corner";
  /** It opens upwards, whatever its height: what is in it may come later. */
  above?: boolean;
  children: (close: () => void) => ComponentChildren;
}

/** A button that shows a small box beside itself; Esc, a click outside or leaving it closes it. */
export function Menu({
  label,
  button,
  buttonClass,
  placement = "start",
  above = false,
  children,
}: Props) {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  function close(): void {
    open.value = false;
    trigger.current?.focus();
  }

  useOutside(root, open);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls bubble up to it
    <div
      ref={root}
      class={css.root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open.value) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={trigger}
        class={buttonClass}
        type="button"
        aria-label={label}
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {button}
      </button>
      {open.value && (
        <Box id={id} placement={placement} above={above}>
          {children(close)}
        </Box>
      )}
    </div>
  );
}

interface BoxProps {
  id: string;
  placement: "start" | "end" | "corner";
  above: boolean;
  children: ComponentChildren;
}

function Box({ id, placement, above, children }: BoxProps) {
  const box = useRef<HTMLDivElement>(null);
  // Upwards where it would not fit below, and moved aside from an edge; again when more comes.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const place = () => {
      element.dataset.above = "false";
      element.style.translate = "none";
      const { bottom, height, left, right, top } = element.getBoundingClientRect();
      const room = roomAround(element);
      element.dataset.above = String(above || (bottom > room.bottom && top > 2 * height));
      const aside = Math.max(room.left - left, Math.min(0, room.right - right));
      element.style.translate = `${aside}px`;
      if (element.contains(document.activeElement)) return;
      element.querySelector<HTMLElement>("button, a, input")?.focus({ preventScroll: true });
    };
    place();
    const growth = new ResizeObserver(place);
    growth.observe(element);
    return () => growth.disconnect();
  }, [above]);
  return (
    <div ref={box} class={cx(css.box, css[placement])} id={id}>
      {children}
    </div>
  );
}

/** What scrolls cuts off what leaves it. */
function roomAround(element: Element): { bottom: number; left: number; right: number } {
  const scroller = element.closest("[data-scroller]");
  if (scroller) return scroller.getBoundingClientRect();
  return { bottom: innerHeight, left: EDGE, right: innerWidth - EDGE };
}

function useOutside(root: { current: Element | null }, open: Signal<boolean>): void {
  const active = open.value;
  useEffect(() => {
    if (!active) return;
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) open.value = false;
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [active, open, root]);
}
