import { useEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { addressOf } from "../shell/address.ts";
import { usePanel } from "../shell/context.ts";
import { shownViews } from "./shown-views.ts";
import css from "./tabs.module.css";

export function Tabs() {
  const { address, inbox, teams } = usePanel();
  const counts = inbox.counts.value;
  const view = address.view.value;
  const nav = useRef<HTMLElement>(null);
  // Where words are long, the last ones stand over the edge.
  useEffect(() => {
    const current = nav.current?.querySelector("[aria-current]");
    current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [view]);
  return (
    <nav class={css.tabs} ref={nav} aria-label={t("panel.inbox.views")}>
      {shownViews(teams.value.length).map((each) => {
        const count = each === "closed" ? undefined : counts?.[each];
        return (
          <a
            key={each}
            href={addressOf(address.chat.value, each, address.filter.value)}
            aria-current={view === each ? "page" : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              address.show(each);
            }}
          >
            {t(`panel.inbox.view.${each}`)}
            {count !== undefined && <span class={css.count}>{count > 9999 ? "9999+" : count}</span>}
          </a>
        );
      })}
    </nav>
  );
}
