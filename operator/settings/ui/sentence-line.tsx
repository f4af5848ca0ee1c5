import type { ComponentChildren } from "preact";
import { Go } from "../shell/go.tsx";
import { OwnIcon } from "./icon.tsx";
import css from "./sentence-line.module.css";

interface Props {
  to: string;
  name: string;
  children: ComponentChildren;
}

/** A thing and how it stands, in a sentence; it leads to where that can be changed. */
export function SentenceLine({ to, name, children }: Props) {
  return (
    <li class={css.item}>
      <Go to={to} class={css.line}>
        <b>{name}</b>
        <span>{children}</span>
        <OwnIcon name="chevron-right" />
      </Go>
    </li>
  );
}
