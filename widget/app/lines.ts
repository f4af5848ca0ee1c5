import type { Draft } from "../../browser/outbox.ts";
import type { Person, Quote, VisitorMessage } from "../../browser/protocol.ts";
import { dayOf } from "../../browser/ui/times.ts";
import type { VisitorState } from "./current.ts";

/** How far an own message has got. */
export type Progress =
  | "sending"
  | "offline"
  | "too_fast"
  | "failed"
  | "sent"
  | "delivered"
  | "read";

export interface Said {
  kind: "said";
  key: string;
  /** Null for what the server does not have yet. */
  id: string | null;
  author: Person | null;
  text: string;
  quote: Quote | null;
  at: number;
  /** Null for what others say. */
  progress: Progress | null;
  /** Begins and ends what one person says in one go. */
  first: boolean;
  last: boolean;
}

export type Line = { kind: "day"; key: string; at: number } | Said;

/** The same author within this time goes on, others begin anew. */
const BREATH = 120_000;

/** What the thread shows: deleted messages leave nothing, not even a gap. */
export function linesOf(
  state: VisitorState | null,
  drafts: readonly Draft[],
  online: boolean,
): Line[] {
  const said = [
    ...(state?.messages ?? [])
      .filter((message) => !message.deleted)
      .map((message) => fromMessage(message, state)),
    ...drafts.map((draft) => fromDraft(draft, online)),
  ];
  return said.flatMap((line, i) => {
    const before = said[i - 1];
    const after = said[i + 1];
    const grouped = { ...line, first: !goesOn(before, line), last: !goesOn(line, after) };
    return before && dayOf(before.at) === dayOf(line.at)
      ? [grouped]
      : [{ kind: "day", key: `day ${dayOf(line.at)}`, at: line.at }, grouped];
  });
}

function goesOn(before: Said | undefined, after: Said | undefined): boolean {
  return (
    before !== undefined &&
    after !== undefined &&
    before.author?.id === after.author?.id &&
    after.at - before.at < BREATH &&
    dayOf(before.at) === dayOf(after.at)
  );
}

function fromMessage(message: VisitorMessage, state: VisitorState | null): Said {
  const mine = message.author.kind === "visitor";
  return {
    kind: "said",
    // The key of its draft: the bubble stays when the server confirms it.
    key: message.client_id,
    id: message.id,
    author: mine ? null : message.author,
    text: message.text ?? "",
    quote: message.quote,
    at: Date.parse(message.at),
    progress: mine ? reached(message.seq, state) : null,
    first: true,
    last: true,
  };
}

function reached(seq: number, state: VisitorState | null): Progress {
  const { read, delivered } = state?.conversation ?? {};
  if (seq <= (read?.operator ?? 0)) return "read";
  return seq <= (delivered?.operator ?? 0) ? "delivered" : "sent";
}

function fromDraft(draft: Draft, online: boolean): Said {
  return {
    kind: "said",
    key: draft.client_id,
    id: null,
    author: null,
    text: draft.text,
    quote: draft.quote,
    at: draft.at,
    progress: progressOf(draft, online),
    first: true,
    last: true,
  };
}

function progressOf({ state, code }: Draft, online: boolean): Progress {
  if (state === "failed" || state === "sent") return state;
  if (!online) return "offline";
  return code === "rate_limited" ? "too_fast" : "sending";
}
