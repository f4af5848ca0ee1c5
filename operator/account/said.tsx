import { t } from "../../browser/i18n.ts";
import { cx } from "../ui/cx.ts";
import { problem } from "../ui/problem.ts";
import css from "./account.module.css";

/** Null: nothing to say; "": it went well; else why it did not. */
export type Outcome = string | null;

export function Said({ outcome, words }: { outcome: Outcome; words?: string | null }) {
  return (
    <p class={cx(css.said, outcome !== null && outcome !== "" && css.bad)} role="status">
      {outcome === "" ? t("panel.account.saved") : outcome !== null && (words ?? problem(outcome))}
    </p>
  );
}
