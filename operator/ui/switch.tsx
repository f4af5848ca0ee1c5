import { useId } from "preact/hooks";
import css from "./switch.module.css";

interface Props {
  label: string;
  hint?: string | undefined;
  on: boolean;
  disabled?: boolean;
  turn(on: boolean): void;
}

/** On or off, with the words that say what it does. */
export function Switch({ label, hint, on, disabled = false, turn }: Props) {
  const id = useId();
  return (
    <div class={css.line}>
      <input
        class={css.switch}
        id={id}
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ currentTarget }) => turn(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class={css.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
