import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { cx } from "./cx.ts";
import css from "./menu.module.css";

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
  // Turned upwards where it would not fit below, and to the other side where it would be cut off.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { bottom, height, left, right, top } = element.getBoundingClientRect();
    const room = roomAround(element);
    element.dataset.above = String(above || (bottom > room.bottom && top > 2 * height));
    element.dataset.turned = String(left < room.left || right > room.right);
    element.querySelector<HTMLElement>("button, a, input")?.focus({ preventScroll: true });
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
  return scroller?.getBoundingClientRect() ?? { bottom: innerHeight, left: 0, right: innerWidth };
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
