import { t } from "../../browser/i18n.ts";
import { addressOf } from "../shell/address.ts";
import { usePanel } from "../shell/context.ts";
import { VIEWS } from "./order.ts";
import css from "./tabs.module.css";

export function Tabs() {
  const { address } = usePanel();
  return (
    <nav class={css.tabs} aria-label={t("panel.inbox.views")}>
      {VIEWS.map((view) => (
        <a
          key={view}
          href={addressOf(address.chat.value, view)}
          aria-current={address.view.value === view ? "page" : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            address.show(view);
          }}
        >
          {t(`panel.inbox.view.${view}`)}
        </a>
      ))}
    </nav>
  );
}
