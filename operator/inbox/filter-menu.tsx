import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Menu } from "../ui/menu.tsx";
import { isOn } from "./filter.ts";
import css from "./filter-menu.module.css";

const FilterContent = lazy(async () => (await import("./filter-content.tsx")).FilterContent);

/** Narrows the list down; a dot says that it does. */
export function FilterMenu() {
  const { address } = usePanel();
  const on = isOn(address.filter.value);
  return (
    <Menu
      label={t(on ? "panel.filter.on" : "panel.filter.label")}
      button={
        <>
          <Icon name="sliders-horizontal" />
          {on && <i class={css.dot} />}
        </>
      }
      buttonClass={cx(controls.button, controls.plain, controls.square, css.button)}
      placement="end"
    >
      {(close) => <FilterContent close={close} />}
    </Menu>
  );
}
