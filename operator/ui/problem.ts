import { type Key, t } from "../../browser/i18n.ts";
import { refused } from "../../browser/refusal.ts";

const KNOWN: Record<string, Key> = {
  offline: "panel.problem.offline",
  timeout: "panel.problem.timeout",
  rate_limited: "panel.problem.rate_limited",
  retry_later: "panel.problem.retry_later",
  not_found: "panel.problem.not_found",
  forbidden: "panel.problem.forbidden",
  conversation_closed: "panel.problem.conversation_closed",
  already_taken: "panel.problem.already_taken",
  too_large: "panel.problem.too_large",
  invalid: "panel.problem.invalid",
};

/** A bug's number stays with its code wherever that is kept: `internal 7f3a19`. */
export function numbered<T extends object>(answer: T): T {
  if (!refused(answer) || answer.error.number === undefined) return answer;
  const { code, number } = answer.error;
  return { ...answer, error: { ...answer.error, code: `${code} ${number}` } };
}

/** What somebody can quote so that the cause is found: a number of the log, or the code itself. */
export function quotable(code: string | null): string {
  return (code ?? "").replace(/^internal ?/, "");
}

/** A sentence for a refusal's code. */
export function problem(code: string | null): string {
  const known = KNOWN[code ?? ""];
  const number = quotable(code);
  if (known !== undefined) return t(known);
  return number === "" ? t("panel.problem.internal") : t("panel.problem.numbered", { number });
}
