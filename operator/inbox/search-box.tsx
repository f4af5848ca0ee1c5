import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import css from "./search-box.module.css";

/** In the place of the tabs; Esc empties it, then closes it. */
export function SearchBox({ open }: { open: Signal<boolean> }) {
  const { search } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  // At once, not after the next frame: the key that follows is already a letter of what is looked for.
  useLayoutEffect(() => field.current?.focus(), []);

  function leave(): void {
    search.write("");
    open.value = false;
  }

  return (
    <search class={css.box}>
      <Icon name="search" />
      <input
        ref={field}
        class={cx(controls.field, css.field)}
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        maxLength={200}
        value={search.text.value}
        aria-label={t("panel.search.label")}
        placeholder={t("panel.search.hint")}
        onInput={({ currentTarget }) => search.write(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") {
            event.preventDefault();
            document.querySelector<HTMLElement>("[data-found]")?.focus();
          }
          if (event.key !== "Escape") return;
          event.stopPropagation();
          if (search.text.value === "") leave();
          else search.write("");
        }}
      />
      <button
        class={cx(controls.button, controls.plain, controls.square)}
        type="button"
        aria-label={t("panel.search.close")}
        title={t("panel.search.close")}
        onClick={leave}
      >
        <Icon name="x" />
      </button>
    </search>
  );
}
