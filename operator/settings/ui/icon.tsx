import chevronDown from "lucide-static/icons/chevron-down.svg?raw";
import chevronRight from "lucide-static/icons/chevron-right.svg?raw";
import gripVertical from "lucide-static/icons/grip-vertical.svg?raw";
import imageUp from "lucide-static/icons/image-up.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import search from "lucide-static/icons/search.svg?raw";
import { Icon as Picture } from "../../../browser/ui/icon.tsx";
import icons from "../../ui/icon.module.css";

const PICTURES = {
  "chevron-down": chevronDown,
  "chevron-right": chevronRight,
  "grip-vertical": gripVertical,
  "image-up": imageUp,
  plus,
  search,
};

/** Pictures that only these pages need; the others are in `operator/ui/icon.tsx`. */
export function OwnIcon({ name }: { name: keyof typeof PICTURES }) {
  return <Picture svg={PICTURES[name]} class={icons.icon} />;
}
