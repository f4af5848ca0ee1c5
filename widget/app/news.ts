import { effect } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { Chat } from "./chat.ts";
import type { HostPage } from "./host-page.ts";
import { fromOthers, unreadOf } from "./reading.ts";

/** Keeps the page around us informed: each new message once, and how many are unread. */
export function spreadNews(chat: Chat, page: HostPage): void {
  let heard: { conversation: string; seq: number } | null = null;
  let count = 0;

  effect(() => {
    const { conversation, messages } = chat.state.value ?? {};
    if (!conversation || !messages || !page.hello.value) return;
    const from = heard?.conversation === conversation.id ? heard.seq : conversation.seq;
    for (const message of messages)
      if (message.seq > from && fromOthers(message)) {
        const { id, text, at, author } = message;
        page.tell({ kell: "message", message: { id, text: text ?? "", name: author.name, at } });
      }
    heard = { conversation: conversation.id, seq: conversation.seq };
  });

  effect(() => {
    const unread = chat.seen.value ? 0 : unreadOf(chat.state.value).length;
    if (!page.hello.value || unread === count) return;
    count = unread;
    page.tell({ kell: "unread", count, label: t("widget.new", { count }) });
  });
}
