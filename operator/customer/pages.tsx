import { t } from "../../browser/i18n.ts";
import type { VisitorCard } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { seconds } from "../shell/seconds.ts";
import { sentenceTime } from "../ui/when.ts";
import { linkable, shortAddress } from "./page-address.ts";
import css from "./visitor-column.module.css";

/** Where the chat was begun, and the page that the visitor told of last. */
export function Pages({ visitor: { started_on, page } }: { visitor: VisitorCard }) {
  if (started_on === null && page === null) return null;
  return (
    <section class={css.section}>
      <h3>{t("panel.card.pages")}</h3>
      {started_on !== null && <Page label={t("panel.card.started_on")} {...started_on} />}
      {page !== null && <Page label={t("panel.card.page")} {...page} />}
    </section>
  );
}

function Page(props: { label: string; url: string; title?: string; at?: string }) {
  const { label, url, title = "", at } = props;
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
          {at !== undefined && (
            <>, {t("panel.card.page_at", { time: sentenceTime(at, seconds.peek()) })}</>
          )}
        </small>
      </div>
    </div>
  );
}
