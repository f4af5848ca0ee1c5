import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { useSession } from "../session/context.ts";
import { Languages } from "../session/languages.tsx";
import { Icon } from "../ui/icon.tsx";
import menu from "../ui/menu.module.css";
import { usePanel } from "./context.ts";
import css from "./me-menu.module.css";
import { overlay } from "./overlay.ts";
import { OwnState } from "./own-state.tsx";
import { lettersOn, switchLetters } from "./shortcut-choice.ts";
import { chooseTheme, THEMES, theme } from "./theme.ts";

function Themes() {
  return (
    <fieldset class={css.themes} aria-label={t("panel.theme.title")}>
      {THEMES.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={theme.value === one}
          onClick={() => chooseTheme(one)}
        >
          {t(`panel.theme.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}

/** On a phone the rail with its button has no room. */
function MuteLine() {
  const { bell } = usePanel();
  return (
    <label class={css.letters}>
      <input type="checkbox" checked={!bell.muted.value} onChange={bell.toggle} />
      {t("panel.bell.melody")}
    </label>
  );
}

/** What stands in one's own menu. */
export function MeContent({ close }: { close: () => void }) {
  const { address, me } = usePanel();
  const session = useSession();
  const failed = useSignal(false);
  return (
    <div class={css.content}>
      <p class={css.who}>
        <b>{me.name}</b>
        <span>{me.email}</span>
        <span>{t(`panel.me.${me.role}`)}</span>
      </p>
      <OwnState />
      <button
        class={menu.item}
        type="button"
        onClick={() => {
          close();
          address.go("account");
        }}
      >
        <Icon name="user-cog" />
        {t("panel.account.title")}
      </button>
      <Languages />
      <Themes />
      <MuteLine />
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
        onClick={() => {
          overlay.value = "keys";
        }}
      >
        <Icon name="keyboard" />
        {t("panel.keys.title")}
      </button>
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
