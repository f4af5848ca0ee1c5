import { useEffect, useState } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import css from "./app.module.css";
import type { Chat } from "./chat.ts";
import { Composer } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import { Header } from "./header.tsx";
import type { HostPage } from "./host-page.ts";
import { Closed, Offline, StaleLink } from "./notice.tsx";
import type { Writing } from "./writing.ts";

interface Props {
  chat: Chat;
  page: HostPage;
  writing: Writing;
}

export function App({ chat, page, writing }: Props) {
  return (
    <main class={`${css.app} ${page.alone ? css.alone : ""}`}>
      <Header chat={chat} page={page} />
      {chat.refusal.value ? (
        <p class={css.unavailable}>{t("widget.unavailable")}</p>
      ) : (
        <>
          <Conversation chat={chat} writing={writing} />
          <StaleLink chat={chat} writing={writing} />
          <Offline chat={chat} />
          <Foot chat={chat} writing={writing} />
        </>
      )}
    </main>
  );
}

/** The composer; after the end of a chat it is one click away. */
function Foot({ chat, writing }: Omit<Props, "page">) {
  const conversation = chat.state.value?.conversation;
  const end = conversation?.status === "closed" ? conversation.closed_at : null;
  const [reopened, reopen] = useState<string | null>(null);
  const wanted = writing.wanted.value;
  useEffect(() => {
    if (wanted) reopen(end);
  }, [wanted]);
  return end !== null && end !== reopened ? (
    <Closed again={writing.want} />
  ) : (
    <Composer chat={chat} writing={writing} />
  );
}
