import { initials } from "../../browser/ui/initials.ts";
import css from "./avatar.module.css";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";

interface Props {
  name: string | null;
  photo?: string | null;
  size?: "small" | "large";
  /** By what way somebody writes; the web itself needs no sign. */
  channel?: string;
}

const CHANNELS: Record<string, IconName> = {
  email: "mail",
  sms: "phone",
  telegram: "send",
  whatsapp: "phone",
};

/** Beside a name, so it says nothing of its own. */
export function Avatar({ name, photo, size, channel }: Props) {
  const sign = CHANNELS[channel ?? ""];
  const letters = initials(name ?? "");
  return (
    <span class={cx(css.avatar, size && css[size])} aria-hidden="true">
      {photo ? <img src={photo} alt="" /> : letters || <Icon name="user" />}
      {sign !== undefined && (
        <span class={css.channel}>
          <Icon name={sign} size="small" />
        </span>
      )}
    </span>
  );
}
