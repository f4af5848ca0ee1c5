import type { OperatorMessage } from "../../browser/protocol.ts";
import { dayOf } from "../../browser/ui/times.ts";

export type Line =
  | { kind: "day"; key: string; at: string }
  | { kind: "message"; key: string; message: OperatorMessage; joined: boolean }
  | { kind: "note"; key: string; message: OperatorMessage }
  | { kind: "tombstone"; key: string; message: OperatorMessage }
  | { kind: "event"; key: string; message: OperatorMessage };

/** Messages of one author so close together need no gap and no name. */
const TOGETHER = 2 * 60_000;

/** What the thread shows, in its order, a line with the date before each new day. */
export function linesOf(messages: readonly OperatorMessage[]): Line[] {
  const lines: Line[] = [];
  let day = "";
  let before: OperatorMessage | undefined;
  for (const message of messages) {
    const today = dayOf(message.at);
    if (today !== day) {
      lines.push({ kind: "day", key: `day-${today}`, at: message.at });
      day = today;
      before = undefined;
    }
    lines.push(lineOf(message, before));
    before = message;
  }
  return lines;
}

function lineOf(message: OperatorMessage, before: OperatorMessage | undefined): Line {
  const key = message.id;
  if (message.deleted) return { kind: "tombstone", key, message };
  if (message.kind !== "message") return { kind: message.kind, key, message };
  return { kind: "message", key, message, joined: before !== undefined && joins(message, before) };
}

function joins(message: OperatorMessage, before: OperatorMessage): boolean {
  if (before.deleted || before.kind !== "message") return false;
  if (before.author.kind !== message.author.kind || before.author.id !== message.author.id) {
    return false;
  }
  return Date.parse(message.at) - Date.parse(before.at) < TOGETHER;
}
