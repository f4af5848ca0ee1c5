import { t } from "../../browser/i18n.ts";
import type { Quote } from "../../browser/protocol.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import css from "./quote.module.css";

/** The quoted message above the answer to it; a click leads there. */
export function QuoteLink({ quote, go }: { quote: Quote; go: (id: string) => void }) {
  if (quote.deleted) return <QuoteBody quote={quote} />;
  return (
    <button
      class={css.link}
      type="button"
      title={t("panel.message.show_original")}
      onClick={() => go(quote.id)}
    >
      <QuoteBody quote={quote} />
    </button>
  );
}

export function QuoteBody({ quote }: { quote: Quote }) {
  const { me } = usePanel();
  if (quote.deleted || quote.text === null) {
    return (
      <span class={css.quote}>
        <i>{t("common.message_deleted")}</i>
      </span>
    );
  }
  const { author } = quote;
  return (
    <span class={css.quote}>
      <b class={controls.cut}>{author.id === me.id ? t("common.you") : nameOf(author)}</b>
      <span class={cx(css.text, controls.cut)}>{quote.text}</span>
    </span>
  );
}

function nameOf({ name }: { name: string | null }): string {
  return name ?? t("panel.card.title");
}
