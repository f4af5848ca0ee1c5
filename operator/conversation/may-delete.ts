import type { Me, OperatorMessage } from "../../browser/protocol.ts";

/** One's own, and a supervisor anybody's (REACH-3): the same rule as the server's. */
export function mayDelete(message: OperatorMessage, me: Pick<Me, "id" | "role">): boolean {
  if (message.deleted || message.kind === "event") return false;
  return message.author.id === me.id || me.role !== "operator";
}
