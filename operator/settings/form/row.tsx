import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../../ui/icon.tsx";
import css from "./row.module.css";

/** For the control of a row: its name, and what is said about it. */
export interface Control {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
}

interface Props {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with it, in words. */
  problem?: string | null | undefined;
  children: (control: Control) => ComponentChildren;
}

/** A line between lines: what it is about on the left, one control on the right. */
export function Row({ label, hint, problem, children }: Props) {
  const id = useId();
  const said = [hint != null && `${id}-hint`, problem && `${id}-problem`].filter(Boolean);
  return (
    <div class={css.row}>
      <label class={css.label} for={id}>
        {label}
      </label>
      <div class={css.control}>
        {children({
          id,
          "aria-describedby": said.length > 0 ? said.join(" ") : undefined,
          "aria-invalid": Boolean(problem),
        })}
        <Said id={`${id}-problem`} problem={problem} />
        {hint != null && (
          <p class={css.hint} id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** The same for several controls that belong together. */
export function Group({
  label,
  hint,
  problem,
  children,
}: Omit<Props, "children"> & { children: ComponentChildren }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend can't stand in a grid
    <div class={css.row} role="group" aria-labelledby={id}>
      <span class={css.label} id={id}>
        {label}
      </span>
      <div class={css.control}>
        {children}
        <Said problem={problem} />
        {hint != null && <p class={css.hint}>{hint}</p>}
      </div>
    </div>
  );
}

export function Said({ id, problem }: { id?: string; problem: string | null | undefined }) {
  return (
    <p class={css.problem} id={id} role="alert">
      {problem && (
        <>
          <Icon name="circle-alert" />
          <span>{problem}</span>
        </>
      )}
    </p>
  );
}
