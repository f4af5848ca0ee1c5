import { t } from "../../browser/i18n.ts";
import { addressOf } from "../shell/address.ts";
import { usePanel } from "../shell/context.ts";
import { shownViews } from "./shown-views.ts";
import css from "./tabs.module.css";

export function Tabs() {
  const { address, inbox, teams } = usePanel();
  const counts = inbox.counts.value;
  return (
    <nav class={css.tabs} aria-label={t("panel.inbox.views")}>
      {shownViews(teams.value.length).map((view) => {
        const count = view === "closed" ? undefined : counts?.[view];
        return (
          <a
            key={view}
            href={addressOf(address.chat.value, view, address.filter.value)}
            aria-current={address.view.value === view ? "page" : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              address.show(view);
            }}
          >
            {t(`panel.inbox.view.${view}`)}
            {count !== undefined && <span class={css.count}>{count > 9999 ? "9999+" : count}</span>}
          </a>
        );
      })}
    </nav>
  );
}
