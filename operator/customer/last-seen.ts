import type { OperatorConversation, VisitorCard } from "../../browser/protocol.ts";

/** The card is as old as the open thread; whoever has written since was there to write. */
export function lastSeen(
  card: Pick<VisitorCard, "last_seen_at">,
  { last }: Pick<OperatorConversation, "last">,
): string {
  if (last?.author.kind !== "visitor" || last.at < card.last_seen_at) return card.last_seen_at;
  return last.at;
}
