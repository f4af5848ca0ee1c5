import { t } from "../../../browser/i18n.ts";
import css from "./grip.module.css";
import { OwnIcon } from "./icon.tsx";

/** Takes an item by the hand: drag it, or press the arrow keys. */
export function Grip({ name, ...keys }: { name: string } & object) {
  return (
    <button
      {...keys}
      class={css.grip}
      type="button"
      aria-label={t("panel.settings.move", { name })}
      title={t("panel.settings.move_hint")}
    >
      <OwnIcon name="grip-vertical" />
    </button>
  );
}
