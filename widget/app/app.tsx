import { useState } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { Store } from "../../browser/store.ts";
import css from "./app.module.css";
import type { Chat } from "./chat.ts";
import { Composer } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import { Header } from "./header.tsx";
import type { HostPage } from "./host-page.ts";
import { Closed, Offline } from "./notice.tsx";

interface Props {
  chat: Chat;
  page: HostPage;
  store: Store;
}

export function App({ chat, page, store }: Props) {
  return (
    <main class={css.app}>
      <Header chat={chat} page={page} />
      {chat.refusal.value ? (
        <p class={css.unavailable}>{t("widget.unavailable")}</p>
      ) : (
        <>
          <Conversation chat={chat} />
          <Offline chat={chat} />
          <Writing chat={chat} store={store} />
        </>
      )}
    </main>
  );
}

/** The composer; after the end of a chat it is one click away. */
function Writing({ chat, store }: { chat: Chat; store: Store }) {
  const conversation = chat.state.value?.conversation;
  const end = conversation?.status === "closed" ? conversation.closed_at : null;
  const [reopened, reopen] = useState<string | null>(null);
  return end !== null && end !== reopened ? (
    <Closed again={() => reopen(end)} />
  ) : (
    <Composer chat={chat} store={store} />
  );
}
