import { type Key, t } from "../../browser/i18n.ts";

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

/** A sentence for a refusal's code. */
export function problem(code: string | null): string {
  return t(KNOWN[code ?? ""] ?? "panel.problem.internal");
}
