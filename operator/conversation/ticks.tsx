import { t } from "../../browser/i18n.ts";
import type { OperatorConversation } from "../../browser/protocol.ts";
import controls from "../ui/controls.module.css";
import { Icon } from "../ui/icon.tsx";
import css from "./bubble.module.css";

/** One tick: delivered; two blue ones: read. Without either it has been sent. */
export function Ticks({ conversation, seq }: { conversation: OperatorConversation; seq: number }) {
  if (conversation.read.visitor >= seq) {
    return (
      <span class={css.read} title={t("common.read")}>
        <Icon name="check-check" />
        <span class={controls.unseen}>{t("common.read")}</span>
      </span>
    );
  }
  if (conversation.delivered.visitor < seq) return null;
  return (
    <span title={t("common.delivered")}>
      <Icon name="check" />
      <span class={controls.unseen}>{t("common.delivered")}</span>
    </span>
  );
}
