import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import type { Control } from "./row.tsx";
import css from "./select.module.css";

interface Props<V extends string> extends Partial<Control> {
  label?: string | undefined;
  value: V;
  options: readonly { value: V; label: string }[];
  disabled?: boolean;
  narrow?: boolean;
  choose(value: V): void;
}

export function Select<V extends string>(props: Props<V>) {
  const { label, value, options, choose, narrow = false, ...rest } = props;
  return (
    <select
      {...rest}
      class={cx(controls.field, css.select, narrow && css.narrow)}
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = options.find((option) => option.value === currentTarget.value);
        if (chosen !== undefined) choose(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
