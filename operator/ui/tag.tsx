import type { ComponentChildren } from "preact";
import { cx } from "./cx.ts";
import css from "./tag.module.css";

interface Props {
  tone?: "ok" | "warn" | "bad" | undefined;
  children: ComponentChildren;
}

/** A state in a word or two. */
export function Tag({ tone, children }: Props) {
  return <span class={cx(css.tag, tone && css[tone])}>{children}</span>;
}
