import { t } from "../../browser/i18n.ts";

/** What to call a visitor: by name, else by number. */
export function visitorName({ name, number }: { name: string | null; number: number }): string {
  return name ?? t("panel.visitor", { number });
}
