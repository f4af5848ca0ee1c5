import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import css from "./header.module.css";

/** On a phone, where the list is another page. */
export function Back() {
  const { address } = usePanel();
  return (
    <button
      class={cx(controls.button, controls.plain, controls.square, css.back)}
      type="button"
      aria-label={t("panel.talk.back")}
      onClick={() => address.open(null)}
    >
      <Icon name="chevron-left" size="large" />
    </button>
  );
}
