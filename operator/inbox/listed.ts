import type {
  InboxPage,
  InboxRow,
  OperatorChange,
  OperatorConversation,
} from "../../browser/protocol.ts";
import { byPlace, type Place, placeOf } from "./order.ts";

/** What is known of one view: the pages that were read, kept fresh by the frames since. */
export interface Listed {
  readonly rows: ReadonlyMap<string, InboxRow>;
  /** The server's cursor of the next page; null when everything is here. */
  readonly next: string | null;
  /** Where the last page that was read ends; rows beyond it come with their own page. */
  readonly end: Place | null;
  /** The revs at which rows left, so that an older frame or page does not bring them back. */
  readonly left: ReadonlyMap<string, number>;
  /** How many waited when the last page was read, those of unread pages included. */
  readonly counted: number;
}

/** Whether a list shows this conversation, by its own fields. */
export type Shows = (conversation: OperatorConversation) => boolean;

export type Change = Pick<OperatorChange, "id" | "rev" | "conversation">;

export const NOTHING: Listed = {
  rows: new Map(),
  next: null,
  end: null,
  left: new Map(),
  counted: 0,
};

/** Add a page as the server gave it. A row that a frame brought later than the page stays. */
export function extended(list: Listed, page: InboxPage): Listed {
  const rows = new Map(list.rows);
  for (const row of page.rows) {
    if (row.rev > known(list, row.id)) rows.set(row.id, row);
  }
  const last = page.rows.at(-1);
  return {
    ...list,
    rows,
    next: page.next,
    end: last === undefined ? list.end : placeOf(last),
    counted: page.waiting,
  };
}

/** One frame: the row enters, moves, or leaves by its own fields. An older frame changes nothing. */
export function changed(list: Listed, shows: Shows, change: Change): Listed {
  if (change.rev <= known(list, change.id)) return list;
  const row = { id: change.id, rev: change.rev, conversation: change.conversation };
  if (!shows(change.conversation) || beyond(list, row)) {
    return without(list, change.id, change.rev);
  }
  return { ...list, rows: new Map(list.rows).set(row.id, row) };
}

/** Take a row out; `rev` is the last one known of it. */
export function without(list: Listed, id: string, rev: number): Listed {
  const rows = new Map(list.rows);
  rows.delete(id);
  return { ...list, rows, left: remembered(list.left, id, rev) };
}

/** A page or a frame that is under way is not so old: only so many need to be remembered. */
const MEMORY = 500;

function remembered(left: Listed["left"], id: string, rev: number): Listed["left"] {
  const next = new Map(left);
  next.delete(id);
  next.set(id, rev);
  for (const oldest of next.keys()) {
    if (next.size <= MEMORY) break;
    next.delete(oldest);
  }
  return next;
}

function known(list: Listed, id: string): number {
  return Math.max(list.rows.get(id)?.rev ?? 0, list.left.get(id) ?? 0);
}

function beyond(list: Listed, row: InboxRow): boolean {
  return list.next !== null && list.end !== null && byPlace(placeOf(row), list.end) > 0;
}

export interface Ordered {
  waiting: InboxRow[];
  answered: InboxRow[];
}

export function ordered(list: Listed): Ordered {
  const rows = [...list.rows.values()];
  rows.sort((a, b) => byPlace(placeOf(a), placeOf(b)));
  const cut = rows.findIndex((row) => row.conversation.waiting_since === null);
  if (cut === -1) return { waiting: rows, answered: [] };
  return { waiting: rows.slice(0, cut), answered: rows.slice(cut) };
}

/** Everyone who waits is in the list, unless the part that was read ends among them. */
export function howManyWait(list: Listed): number {
  let waiting = 0;
  for (const row of list.rows.values()) if (row.conversation.waiting_since !== null) waiting += 1;
  return list.next !== null && list.end?.waiting ? Math.max(waiting, list.counted) : waiting;
}
