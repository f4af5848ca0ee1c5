import css from "./keycap.module.css";

export function Keycap({ children }: { children: string }) {
  return <kbd class={css.key}>{children}</kbd>;
}
