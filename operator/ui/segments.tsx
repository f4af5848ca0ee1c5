import { useId } from "preact/hooks";
import css from "./segments.module.css";

interface Props<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; label: string; title?: string }[];
  choose(value: V): void;
}

/** A few choices side by side; radio buttons to the keyboard and to a screen reader. */
export function Segments<V extends string>({ label, value, options, choose }: Props<V>) {
  const name = useId();
  return (
    <div class={css.segments} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} title={option.title}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => choose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
