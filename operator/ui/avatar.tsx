import { initials } from "../../browser/ui/initials.ts";
import css from "./avatar.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";

interface Props {
  name: string | null;
  photo?: string | null;
  size?: "small" | "large";
}

/** Beside a name, so it says nothing of its own. */
export function Avatar({ name, photo, size }: Props) {
  const letters = initials(name ?? "");
  return (
    <span class={cx(css.avatar, size && css[size])} aria-hidden="true">
      {photo ? <img src={photo} alt="" /> : letters || <Icon name="user" />}
    </span>
  );
}
