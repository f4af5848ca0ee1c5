import type { Signal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import type { OpenChat } from "./open-chat.ts";
import css from "./thread.module.css";

/** Above the first message: older ones exist, and could not be read. */
export function EarlierFailed({ chat, failed }: { chat: OpenChat; failed: Signal<boolean> }) {
  if (!chat.earlier.value || !failed.value) return null;
  return (
    <p class={css.earlier}>
      {t("panel.talk.earlier_failed")}{" "}
      <button
        class={controls.link}
        type="button"
        onClick={async () => {
          failed.value = !(await chat.readEarlier());
        }}
      >
        {t("common.try_again")}
      </button>
    </p>
  );
}
