import linkOff from "lucide-static/icons/unlink.svg?raw";
import wavesOff from "lucide-static/icons/wifi-off.svg?raw";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import type { Chat } from "./chat.ts";
import css from "./notice.module.css";
import type { Writing } from "./writing.ts";

/** A server that restarts is back before anybody has read about it. */
const PATIENCE = 2000;

export function Offline({ chat }: { chat: Chat }) {
  const offline = chat.network.value === "offline";
  const [said, say] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => say(offline), offline ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [offline]);
  return (
    <div role="status">
      {said && (
        <p class={css.notice}>
          <Icon svg={wavesOff} />
          <span>{t("common.no_network")}</span>
          <button type="button" class={css.action} onClick={chat.reconnect}>
            {t("common.try_now")}
          </button>
        </p>
      )}
    </div>
  );
}

/** The link in a mail led to no chat; a new one can begin all the same. */
export function StaleLink({ chat, writing }: { chat: Chat; writing: Writing }) {
  return (
    <div role="status">
      {chat.staleLink.value && (
        <p class={css.notice}>
          <Icon svg={linkOff} />
          <span>{t("widget.stale_link")}</span>
          <button
            type="button"
            class={css.action}
            onClick={() => {
              chat.staleLink.value = false;
              writing.want();
            }}
          >
            {t("widget.again")}
          </button>
        </p>
      )}
    </div>
  );
}

export function Closed({ again }: { again(): void }) {
  return (
    <p class={`${css.notice} ${css.closed}`}>
      <span>{t("widget.closed")}</span>
      <button type="button" class={css.action} onClick={again}>
        {t("widget.again")}
      </button>
    </p>
  );
}
