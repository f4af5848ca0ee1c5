import { t } from "../../browser/i18n.ts";
import { today } from "../shell/seconds.ts";
import controls from "../ui/controls.module.css";
import { Icon } from "../ui/icon.tsx";
import { sentenceTime } from "../ui/when.ts";

/** The visitor had not seen it: it went by e-mail too. */
export function Mailed({ at }: { at: string }) {
  const words = t("panel.message.mailed", { time: sentenceTime(at, today()) });
  return (
    <span title={words}>
      <Icon name="mail" />
      <span class={controls.unseen}>{words}</span>
    </span>
  );
}
