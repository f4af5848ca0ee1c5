import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { useNoticed } from "../ui/use-noticed.ts";
import css from "./waiting.module.css";

/** Still grey shapes where the thread will stand. */
export function Waiting() {
  if (!useNoticed()) return null;
  return (
    <div class={css.waiting} role="status">
      <span class={controls.unseen}>{t("panel.loading")}</span>
      <i class={css.them} />
      <i class={css.us} />
      <i class={css.them} />
    </div>
  );
}
