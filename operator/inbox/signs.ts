import type { OperatorConversation } from "../../browser/protocol.ts";

/** How far our last message came: the list's own message is always the newest, so it is `seq`. */
export function ticks(conversation: OperatorConversation): "delivered" | "read" | null {
  const { seq, last, delivered, read } = conversation;
  if (last === null || last.author.kind !== "operator" || last.deleted) return null;
  if (read.visitor >= seq) return "read";
  return delivered.visitor >= seq ? "delivered" : null;
}
