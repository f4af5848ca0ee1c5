import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import controls from "./controls.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import css from "./page-head.module.css";

/** The title of an area; on a phone, where the rail is not, with the way back. */
export function PageHead({ title }: { title: string }) {
  const { address } = usePanel();
  return (
    <header class={css.head}>
      <button
        class={cx(controls.button, controls.plain, controls.square, css.back)}
        type="button"
        aria-label={t("panel.talk.back")}
        onClick={() => address.open(null)}
      >
        <Icon name="chevron-left" size="large" />
      </button>
      <h1>{title}</h1>
    </header>
  );
}
