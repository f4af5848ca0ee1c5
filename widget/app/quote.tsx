import { t } from "../../browser/i18n.ts";
import type { Quote } from "../../browser/protocol.ts";
import css from "./quote.module.css";

/** In a message: leads to the original. */
export function QuoteLink({ quote, find }: { quote: Quote; find(id: string): void }) {
  // The visitor is not told that there was something: a quote of nothing is no quote.
  if (quote.deleted) return null;
  return (
    <button type="button" class={css.link} onClick={() => find(quote.id)}>
      <QuoteBody quote={quote} />
    </button>
  );
}

/** Who said it, and its first line. */
export function QuoteBody({ quote: { author, text } }: { quote: Quote }) {
  return (
    <span class={css.quote}>
      <b>{author.kind === "visitor" ? t("common.you") : (author.name ?? t("widget.operator"))}</b>
      <span>{text}</span>
    </span>
  );
}
