import { useSignalEffect } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { Panel } from "./panel.ts";
import { iconFor } from "./tab-icon.ts";

/** The browser's tab says how many wait, in its title and on its icon. */
export function useTab(panel: Panel): void {
  useSignalEffect(() => {
    const waiting = panel.inbox.waiting.value;
    const title = `${t("panel.inbox.title")} · Kell`;
    document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = iconFor(waiting);
  });
}
