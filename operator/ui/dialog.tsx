import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { cx } from "./cx.ts";
import css from "./dialog.module.css";

interface Props {
  label: string;
  class?: string | undefined;
  close(): void;
  children: ComponentChildren;
}

/** The browser's own: it traps the focus, and Esc or a click beside it closes it. */
export function Dialog({ label, class: name, close, children }: Props) {
  const root = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    root.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={root}
      class={cx(css.dialog, name)}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={({ target }) => {
        if (target === root.current) close();
      }}
      onKeyDown={(event) => {
        // Nothing that is typed here is a shortcut of the page below.
        event.stopPropagation();
      }}
    >
      <div class={css.inside}>{children}</div>
    </dialog>
  );
}
