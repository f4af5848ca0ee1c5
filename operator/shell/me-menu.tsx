import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { useSession } from "../session/context.ts";
import { Languages } from "../session/languages.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Icon } from "../ui/icon.tsx";
import menu from "../ui/menu.module.css";
import { Menu } from "../ui/menu.tsx";
import { usePanel } from "./context.ts";
import css from "./me-menu.module.css";
import { lettersOn, switchLetters } from "./shortcut-choice.ts";

export function MeMenu() {
  const { me } = usePanel();
  return (
    <Menu
      label={t("panel.me.menu", { name: me.name })}
      button={<Avatar name={me.name} photo={me.photo} size="small" />}
      buttonClass={css.button}
      placement="corner"
    >
      {() => <Content />}
    </Menu>
  );
}

function Content() {
  const { me } = usePanel();
  const session = useSession();
  const failed = useSignal(false);
  return (
    <div class={css.content}>
      <p class={css.who}>
        <b>{me.name}</b>
        <span>{me.email}</span>
        <span>{t(`panel.me.${me.role}`)}</span>
      </p>
      <Languages />
      <label class={css.letters}>
        <input
          type="checkbox"
          checked={lettersOn.value}
          onChange={({ currentTarget }) => switchLetters(currentTarget.checked)}
        />
        {t("panel.me.shortcuts")}
      </label>
      <button
        class={menu.item}
        type="button"
        onClick={async () => {
          failed.value = (await session.signOut()) !== null;
        }}
      >
        <Icon name="log-out" />
        {t("panel.me.sign_out")}
      </button>
      <p class={css.failed} role="alert">
        {failed.value && t("panel.me.sign_out_failed")}
      </p>
    </div>
  );
}
