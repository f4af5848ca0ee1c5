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
  children: (close: () => void) => ComponentChildren;
}

/** A button that shows a small box beside itself; Esc, a click outside or leaving it closes it. */
export function Menu({ label, button, buttonClass, placement = "start", children }: Props) {
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
        <Box id={id} placement={placement}>
          {children(close)}
        </Box>
      )}
    </div>
  );
}

interface BoxProps {
  id: string;
  placement: "start" | "end" | "corner";
  children: ComponentChildren;
}

function Box({ id, placement, children }: BoxProps) {
  const box = useRef<HTMLDivElement>(null);
  // Turned upwards where it would not fit below.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { bottom, height, top } = element.getBoundingClientRect();
    element.dataset.above = String(bottom > roomBelow(element) && top > 2 * height);
    element.querySelector<HTMLElement>("button, a, input")?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={box} class={cx(css.box, css[placement])} id={id}>
      {children}
    </div>
  );
}

function roomBelow(element: Element): number {
  const scroller = element.closest("[data-scroller]");
  return scroller?.getBoundingClientRect().bottom ?? innerHeight;
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
