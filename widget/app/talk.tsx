import { useEffect, useState } from "preact/hooks";
import type { Chat } from "./chat.ts";
import { Composer } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import { Closed, Offline, StaleLink } from "./notice.tsx";
import type { Writing } from "./writing.ts";

interface Props {
  chat: Chat;
  writing: Writing;
}

/** What was said, and what to say. */
export function Talk({ chat, writing }: Props) {
  return (
    <>
      <Conversation chat={chat} writing={writing} />
      <StaleLink chat={chat} writing={writing} />
      <Offline chat={chat} />
      <Foot chat={chat} writing={writing} />
    </>
  );
}

/** The composer; after the end of a chat it is one click away. */
function Foot({ chat, writing }: Props) {
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
