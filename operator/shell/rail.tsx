import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { Icon } from "../ui/icon.tsx";
import { Logo } from "../ui/logo.tsx";
import { addressOf } from "./address.ts";
import { usePanel } from "./context.ts";
import { MeMenu } from "./me-menu.tsx";
import css from "./rail.module.css";

export function Rail() {
  const { inbox, address } = usePanel();
  const waiting = inbox.waiting.value;
  return (
    <nav class={css.rail} aria-label={t("panel.rail.label")}>
      <Logo />
      <a
        class={css.place}
        href={addressOf(null, "all")}
        aria-current="page"
        aria-label={
          waiting > 0 ? t("panel.rail.inbox_waiting", { waiting }) : t("panel.inbox.title")
        }
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          address.open(null);
        }}
      >
        <Icon name="inbox" size="large" />
        {waiting > 0 && <b class={controls.count}>{waiting > 99 ? "99+" : waiting}</b>}
      </a>
      <span class={css.gap} />
      <MeMenu />
    </nav>
  );
}
