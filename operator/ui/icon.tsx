import arrowDown from "lucide-static/icons/arrow-down.svg?raw";
import arrowUp from "lucide-static/icons/arrow-up.svg?raw";
import check from "lucide-static/icons/check.svg?raw";
import checkCheck from "lucide-static/icons/check-check.svg?raw";
import chevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import circleAlert from "lucide-static/icons/circle-alert.svg?raw";
import clock from "lucide-static/icons/clock.svg?raw";
import copy from "lucide-static/icons/copy.svg?raw";
import ellipsis from "lucide-static/icons/ellipsis.svg?raw";
import eye from "lucide-static/icons/eye.svg?raw";
import eyeOff from "lucide-static/icons/eye-off.svg?raw";
import inbox from "lucide-static/icons/inbox.svg?raw";
import lock from "lucide-static/icons/lock.svg?raw";
import logOut from "lucide-static/icons/log-out.svg?raw";
import mail from "lucide-static/icons/mail.svg?raw";
import panelRight from "lucide-static/icons/panel-right.svg?raw";
import reply from "lucide-static/icons/reply.svg?raw";
import rotateCcw from "lucide-static/icons/rotate-ccw.svg?raw";
import trash from "lucide-static/icons/trash-2.svg?raw";
import user from "lucide-static/icons/user.svg?raw";
import userCheck from "lucide-static/icons/user-check.svg?raw";
import wifiOff from "lucide-static/icons/wifi-off.svg?raw";
import x from "lucide-static/icons/x.svg?raw";
import { Icon as Picture } from "../../browser/ui/icon.tsx";
import { cx } from "./cx.ts";
import css from "./icon.module.css";

const PICTURES = {
  "arrow-down": arrowDown,
  "arrow-up": arrowUp,
  check,
  "check-check": checkCheck,
  "chevron-left": chevronLeft,
  "circle-alert": circleAlert,
  clock,
  copy,
  ellipsis,
  eye,
  "eye-off": eyeOff,
  inbox,
  lock,
  "log-out": logOut,
  mail,
  "panel-right": panelRight,
  reply,
  "rotate-ccw": rotateCcw,
  trash,
  user,
  "user-check": userCheck,
  "wifi-off": wifiOff,
  x,
};

export type IconName = keyof typeof PICTURES;

interface Props {
  name: IconName;
  size?: "small" | "large" | undefined;
}

/** Always beside a word or inside a control that has a name. */
export function Icon({ name, size }: Props) {
  return <Picture svg={PICTURES[name]} class={cx(css.icon, size && css[size])} />;
}
