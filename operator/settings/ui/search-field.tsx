import type { Signal } from "@preact/signals";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { OwnIcon } from "./icon.tsx";
import css from "./search-field.module.css";

export function SearchField({ label, text }: { label: string; text: Signal<string> }) {
  return (
    <span class={css.search}>
      <OwnIcon name="search" />
      <input
        class={cx(controls.field, css.field)}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
      />
    </span>
  );
}
