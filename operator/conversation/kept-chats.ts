import type { OpenedConversation, OperatorMessage } from "../../browser/protocol.ts";

/** So many chats are kept; switching through a thousand leaves no more than these. */
const AT_MOST = 24;

/** The chats that were open last, shown at once when they are opened again. */
export interface KeptChats {
  keep(chat: OpenedConversation | null): void;
  take(id: string): OpenedConversation | null;
  /** What is deleted stays nowhere in this browser, in a quote neither: such a chat is read anew. */
  heard(id: string, messages: readonly OperatorMessage[]): void;
  forget(id: string): void;
  clear(): void;
}

export function createKeptChats(): KeptChats {
  const chats = new Map<string, OpenedConversation>();
  return {
    keep(chat) {
      if (chat === null) return;
      chats.delete(chat.id);
      chats.set(chat.id, chat);
      for (const oldest of chats.keys()) {
        if (chats.size <= AT_MOST) break;
        chats.delete(oldest);
      }
    },
    take: (id) => chats.get(id) ?? null,
    heard(id, messages) {
      if (messages.some((message) => message.deleted)) chats.delete(id);
    },
    forget: (id) => void chats.delete(id),
    clear: () => chats.clear(),
  };
}
