import { t } from "../../browser/i18n.ts";
import type { Quote } from "../../browser/protocol.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import css from "./composer.module.css";
import { QuoteBody } from "./quote.tsx";

/** The message that the answer will quote. */
export function QuoteChosen({ quote, drop }: { quote: Quote; drop: () => void }) {
  return (
    <div class={css.chosen}>
      <QuoteBody quote={quote} />
      <button
        class={cx(controls.button, controls.plain, controls.square)}
        type="button"
        aria-label={t("panel.composer.drop_quote")}
        title={t("panel.composer.drop_quote")}
        onClick={drop}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}
