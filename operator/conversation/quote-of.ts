import type { OperatorMessage, Quote } from "../../browser/protocol.ts";

export function quoteOf({ id, seq, author, text, deleted }: OperatorMessage): Quote {
  return { id, seq, author, text, deleted };
}
