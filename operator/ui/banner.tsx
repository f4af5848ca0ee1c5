import type { ComponentChildren } from "preact";
import css from "./banner.module.css";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";

interface Props {
  icon: IconName;
  tone?: "warn" | "info";
  /** A button, where something can be done about it. */
  action?: ComponentChildren;
  children: ComponentChildren;
}

/** One line on top of the pane that it concerns. */
export function Banner({ icon, tone, action, children }: Props) {
  return (
    <p class={cx(css.banner, tone && css[tone])} role="status">
      <Icon name={icon} />
      <span>{children}</span>
      {action}
    </p>
  );
}
