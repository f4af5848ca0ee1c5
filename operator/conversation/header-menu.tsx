import { t } from "../../browser/i18n.ts";
import { asideOpen } from "../customer/aside-open.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import menu from "../ui/menu.module.css";
import { Menu } from "../ui/menu.tsx";
import type { Deed } from "./deeds.ts";

/** On a phone the name needs the room: what can be done waits behind one button. */
export function HeaderMenu({ deeds }: { deeds: readonly Deed[] }) {
  const about: Deed = {
    icon: "user",
    name: "panel.talk.visitor",
    run: () => {
      asideOpen.value = true;
    },
  };
  return (
    <Menu
      label={t("panel.talk.more")}
      button={<Icon name="ellipsis" size="large" />}
      buttonClass={cx(controls.button, controls.plain, controls.square)}
      placement="end"
    >
      {(close) =>
        [...deeds, about].map(({ icon, name, run }) => (
          <button
            key={name}
            class={menu.item}
            type="button"
            onClick={() => {
              close();
              run();
            }}
          >
            <Icon name={icon} />
            {t(name)}
          </button>
        ))
      }
    </Menu>
  );
}
