import { useComputed } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { PageSeen, VisitorCard } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { seconds, today } from "../shell/seconds.ts";
import { sentenceTime } from "../ui/when.ts";
import { duration } from "./duration.ts";
import { linkable, shortAddress } from "./page-address.ts";
import css from "./visitor-column.module.css";

/** Where the chat was begun, the page that the visitor told of last, and those before it. */
export function Pages({ visitor: { started_on, page, pages, here } }: { visitor: VisitorCard }) {
  if (started_on === null && page === null) return null;
  const earlier = page === null ? [] : pages.filter(({ at }) => at !== page.at);
  return (
    <section class={css.section}>
      <h3>{t("panel.card.pages")}</h3>
      {started_on !== null && (
        <Page label={t("panel.card.started_on")} url={started_on.url} title={started_on.title} />
      )}
      {page !== null && (
        <Page
          label={t(here ? "panel.card.page" : "panel.card.last_page")}
          url={page.url}
          title={page.title}
          at={page.at}
        >
          {here ? <Stay since={page.at} /> : sentenceTime(page.at, today())}
        </Page>
      )}
      {earlier.length > 0 && <Earlier pages={earlier} />}
    </section>
  );
}

function Earlier({ pages }: { pages: readonly PageSeen[] }) {
  return (
    <details class={css.earlier}>
      <summary>{t("panel.card.earlier_pages", { count: pages.length })}</summary>
      {pages.map(({ url, title, at }) => (
        <Page key={at} label={sentenceTime(at, today())} url={url} title={title} at={at} />
      ))}
    </details>
  );
}

/** For how long already. */
function Stay({ since }: { since: string }) {
  const time = useComputed(() => duration(seconds.value - Date.parse(since))).value;
  return <>{time === null ? t("panel.card.page_just") : t("panel.card.page_for", { time })}</>;
}

interface PageProps {
  label: string;
  url: string;
  title?: string | undefined;
  at?: string;
  children?: preact.ComponentChildren;
}

function Page({ label, url, title = "", at, children }: PageProps) {
  const words = title || shortAddress(url);
  return (
    <div class={css.page}>
      <span>{label}</span>
      <div>
        {linkable(url) ? (
          <a href={url} target="_blank" rel="noopener noreferrer" title={url}>
            {words}
          </a>
        ) : (
          words
        )}
        <small title={at === undefined ? undefined : exactTime(at)}>
          {shortAddress(url)}
          {children !== undefined && <>, {children}</>}
        </small>
      </div>
    </div>
  );
}
