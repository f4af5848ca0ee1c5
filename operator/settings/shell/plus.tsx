import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { OwnIcon } from "../ui/icon.tsx";
import { Go } from "./go.tsx";

export function Plus({ to, label }: { to: string; label: string }) {
  return (
    <Go to={to} class={cx(controls.button, controls.plain, controls.square)}>
      <OwnIcon name="plus" />
      <span class={controls.unseen}>{label}</span>
    </Go>
  );
}
