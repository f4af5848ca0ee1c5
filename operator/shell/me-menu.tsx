import { t } from "../../browser/i18n.ts";
import { Avatar } from "../ui/avatar.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Menu } from "../ui/menu.tsx";
import { PresenceDot } from "../ui/presence-dot.tsx";
import { usePanel } from "./context.ts";
import css from "./me-menu.module.css";

const MeContent = lazy(async () => (await import("./me-content.tsx")).MeContent);

export function MeMenu() {
  const { me, presence } = usePanel();
  const state = presence.state.value;
  return (
    <Menu
      label={t("panel.me.menu", { name: me.name })}
      button={
        <>
          <Avatar name={me.name} photo={me.photo} size="small" />
          {state !== null && (
            <span class={css.dot}>
              <PresenceDot state={state} />
            </span>
          )}
        </>
      }
      buttonClass={css.button}
      placement="corner"
    >
      {(close) => <MeContent close={close} />}
    </Menu>
  );
}
