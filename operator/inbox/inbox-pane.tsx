import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { MeMenu } from "../shell/me-menu.tsx";
import { OfflineBanner } from "../shell/offline-banner.tsx";
import { ChatList } from "./chat-list.tsx";
import { EmptyList } from "./empty-list.tsx";
import { FailedList } from "./failed-list.tsx";
import css from "./inbox-pane.module.css";
import { Skeleton } from "./skeleton.tsx";
import { Tabs } from "./tabs.tsx";
import type { View } from "./view.ts";

export function InboxPane() {
  const { inbox } = usePanel();
  const view = inbox.view.value;
  return (
    <section class={css.pane} aria-label={t("panel.inbox.title")}>
      <header class={css.head}>
        <h1>{t("panel.inbox.title")}</h1>
        <div class={css.me}>
          <MeMenu />
        </div>
      </header>
      <Tabs />
      <OfflineBanner />
      <div class={css.scroll} key={view.name} data-scroller>
        <Content view={view} />
      </div>
    </section>
  );
}

function Content({ view }: { view: View }) {
  const state = view.state.value;
  if (state === "unread" || state === "loading") return <Skeleton rows={7} />;
  const empty = view.list.value.rows.size === 0;
  if (state === "failed" && empty) return <FailedList view={view} />;
  if (empty) return <EmptyList view={view.name} />;
  return <ChatList view={view} />;
}
