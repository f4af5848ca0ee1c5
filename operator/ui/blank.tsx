import type { ComponentChildren } from "preact";
import css from "./blank.module.css";
import { Icon, type IconName } from "./icon.tsx";

/** What stands in a pane that has nothing to show. */
export function Blank(props: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class={css.blank}>
      <Icon name={props.icon} size="large" />
      <b>{props.title}</b>
      {props.children}
    </div>
  );
}
