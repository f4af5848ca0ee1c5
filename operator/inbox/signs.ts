import type { OperatorConversation } from "../../browser/protocol.ts";

/** How many messages of the visitor no operator has read. */
export function unread({ seq, read, last }: OperatorConversation): number {
  // Whoever writes has read what stands above, so what is past the cursor is the visitor's.
  return last?.author.kind === "visitor" ? Math.max(0, seq - read.operator) : 0;
}

/** How far our last message came: the list's own message is always the newest, so it is `seq`. */
export function ticks(conversation: OperatorConversation): "delivered" | "read" | null {
  const { seq, last, delivered, read } = conversation;
  if (last === null || last.author.kind !== "operator" || last.deleted) return null;
  if (read.visitor >= seq) return "read";
  return delivered.visitor >= seq ? "delivered" : null;
}
