import arrowDown from "lucide-static/icons/arrow-down.svg?raw";
import handOver from "lucide-static/icons/arrow-right-left.svg?raw";
import arrowUp from "lucide-static/icons/arrow-up.svg?raw";
import check from "lucide-static/icons/check.svg?raw";
import checkCheck from "lucide-static/icons/check-check.svg?raw";
import chevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import circleAlert from "lucide-static/icons/circle-alert.svg?raw";
import clock from "lucide-static/icons/clock.svg?raw";
import contact from "lucide-static/icons/contact-round.svg?raw";
import copy from "lucide-static/icons/copy.svg?raw";
import ellipsis from "lucide-static/icons/ellipsis.svg?raw";
import eye from "lucide-static/icons/eye.svg?raw";
import eyeOff from "lucide-static/icons/eye-off.svg?raw";
import gauge from "lucide-static/icons/gauge.svg?raw";
import inbox from "lucide-static/icons/inbox.svg?raw";
import keyboard from "lucide-static/icons/keyboard.svg?raw";
import languages from "lucide-static/icons/languages.svg?raw";
import lock from "lucide-static/icons/lock.svg?raw";
import logOut from "lucide-static/icons/log-out.svg?raw";
import mail from "lucide-static/icons/mail.svg?raw";
import panelRight from "lucide-static/icons/panel-right.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import reply from "lucide-static/icons/reply.svg?raw";
import rotateCcw from "lucide-static/icons/rotate-ccw.svg?raw";
import search from "lucide-static/icons/search.svg?raw";
import send from "lucide-static/icons/send.svg?raw";
import settings from "lucide-static/icons/settings.svg?raw";
import sliders from "lucide-static/icons/sliders-horizontal.svg?raw";
import smile from "lucide-static/icons/smile.svg?raw";
import sunMoon from "lucide-static/icons/sun-moon.svg?raw";
import trash from "lucide-static/icons/trash-2.svg?raw";
import user from "lucide-static/icons/user.svg?raw";
import userCheck from "lucide-static/icons/user-check.svg?raw";
import userCog from "lucide-static/icons/user-cog.svg?raw";
import users from "lucide-static/icons/users.svg?raw";
import volume from "lucide-static/icons/volume-2.svg?raw";
import volumeOff from "lucide-static/icons/volume-x.svg?raw";
import wifiOff from "lucide-static/icons/wifi-off.svg?raw";
import x from "lucide-static/icons/x.svg?raw";
import zap from "lucide-static/icons/zap.svg?raw";
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
  contact,
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
  settings,
  search,
  "sliders-horizontal": sliders,
  send,
  phone,
  users,
  "volume-2": volume,
  "volume-x": volumeOff,
  "arrow-right-left": handOver,
  smile,
  zap,
  keyboard,
  "sun-moon": sunMoon,
  languages,
  "user-cog": userCog,
  gauge,
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
