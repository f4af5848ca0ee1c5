import { effect } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { VisitorMessage } from "../../browser/protocol.ts";
import type { Message } from "../kell.d.ts";
import type { Bell } from "./bell.ts";
import type { Chat } from "./chat.ts";
import type { HostPage } from "./host-page.ts";
import { fromOthers, unreadOf } from "./reading.ts";

/** Keeps the page around us informed: each new message once, how many are unread, which chat is open. */
export function spreadNews(chat: Chat, page: HostPage, bell: Bell): void {
  let heard: { conversation: string; seq: number } | null = null;
  let said = "";

  effect(() => {
    const { conversation, messages } = chat.state.value ?? {};
    if (!conversation || !messages) return;
    const from = heard?.conversation === conversation.id ? heard.seq : conversation.seq;
    for (const message of messages)
      if (message.seq > from && fromOthers(message)) {
        page.tell({ kell: "message", message: shaped(message) });
        if (!chat.seen.peek()) bell.ring();
      }
    heard = { conversation: conversation.id, seq: conversation.seq };
  });

  effect(() => {
    const { conversation } = chat.state.value ?? {};
    if (!page.hello.value || chat.loading.value || chat.refusal.value) return;
    const unread = chat.seen.value ? [] : unreadOf(chat.state.value);
    const count = unread.length;
    const newest = unread.at(-1);
    const news = {
      kell: "news" as const,
      unread: count,
      label: t("widget.new", { count }),
      title: t("widget.launcher"),
      newest: newest ? shaped(newest) : null,
      chat: conversation?.status === "open" ? conversation.id : null,
    };
    const next = JSON.stringify(news);
    if (!said) page.tell({ kell: "ready" });
    if (next !== said) page.tell(news);
    said = next;
  });
}

function shaped({ id, text, at, author }: VisitorMessage): Message {
  return { id, text: text ?? "", name: author.name, at };
}
