import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { seconds } from "../shell/seconds.ts";
import controls from "../ui/controls.module.css";
import { visitorName } from "../ui/visitor-name.ts";
import { isLate } from "../ui/waited.ts";
import type { View } from "./view.ts";

/** Says once, to screen readers, that a row has become late; those that are late already count as said. */
export function LateSaid({ view }: { view: View }) {
  const words = useSignal("");
  const said = useRef<ReadonlySet<string> | null>(null);
  useSignalEffect(() => {
    const rows = [...view.list.value.rows.values()];
    const late = rows.filter(({ conversation }) => isLate(conversation, seconds.value));
    const fresh = late.filter(({ id }) => said.current !== null && !said.current.has(id));
    said.current = new Set(late.map(({ id }) => id));
    if (fresh.length === 0) return;
    words.value = fresh
      .map(({ conversation }) => t("panel.wait.late", { name: visitorName(conversation.visitor) }))
      .join(". ");
  });
  return (
    <p class={controls.unseen} role="status">
      {words.value}
    </p>
  );
}
