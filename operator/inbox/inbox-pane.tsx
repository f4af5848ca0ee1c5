import { type Signal, useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { HeldBanner } from "../bell/held-banner.tsx";
import { usePanel } from "../shell/context.ts";
import { MeMenu } from "../shell/me-menu.tsx";
import { OfflineBanner } from "../shell/offline-banner.tsx";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { ChatList } from "./chat-list.tsx";
import { EmptyList } from "./empty-list.tsx";
import { FailedList } from "./failed-list.tsx";
import { isOn } from "./filter.ts";
import { FilterMenu } from "./filter-menu.tsx";
import css from "./inbox-pane.module.css";
import { SearchBox } from "./search-box.tsx";
import { Skeleton } from "./skeleton.tsx";
import { Tabs } from "./tabs.tsx";
import type { View } from "./view.ts";

const FoundList = lazy(async () => (await import("./found-list.tsx")).FoundList);

export function InboxPane() {
  const { inbox, search } = usePanel();
  const view = inbox.view.value;
  const searching = useSignal(search.text.peek() !== "");
  const looked = searching.value && search.state.value !== "idle";
  return (
    <section class={css.pane} aria-label={t("panel.inbox.title")}>
      <header class={css.head}>
        <h1>{t("panel.inbox.title")}</h1>
        <SearchButton open={searching} />
        <FilterMenu />
        <div class={css.me}>
          <MeMenu />
        </div>
      </header>
      {searching.value ? <SearchBox open={searching} /> : <Tabs />}
      <div class={css.scroll} key={looked ? "found" : view.name} data-scroller>
        {looked ? <FoundList /> : <Content view={view} />}
      </div>
      <OfflineBanner />
      <HeldBanner />
    </section>
  );
}

function SearchButton({ open }: { open: Signal<boolean> }) {
  return (
    <button
      class={cx(controls.button, controls.plain, controls.square)}
      type="button"
      aria-label={t("panel.search.label")}
      title={t("panel.search.label")}
      aria-expanded={open.value}
      onClick={() => {
        open.value = !open.value;
      }}
    >
      <Icon name="search" />
    </button>
  );
}

function Content({ view }: { view: View }) {
  const { address } = usePanel();
  const state = view.state.value;
  if (state === "unread" || state === "loading") return <Skeleton rows={7} />;
  const empty = view.list.value.rows.size === 0;
  if (state === "failed" && empty) return <FailedList view={view} />;
  if (empty && isOn(address.filter.value)) return <Filtered />;
  if (empty) return <EmptyList view={view.name} />;
  return <ChatList view={view} />;
}

function Filtered() {
  const { address } = usePanel();
  return (
    <Blank icon="sliders-horizontal" title={t("panel.filter.nothing")}>
      <button class={controls.button} type="button" onClick={() => address.narrow({})}>
        {t("panel.filter.clear")}
      </button>
    </Blank>
  );
}
