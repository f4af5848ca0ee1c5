import type { InboxQuery, InboxRow, OperatorConversation } from "../../browser/protocol.ts";

export type ViewName = NonNullable<InboxQuery["view"]>;

export const VIEWS: readonly ViewName[] = ["all", "mine", "team", "queue", "closed"];

/** Whose list it is. */
export interface Owner {
  id: string;
  teams: ReadonlySet<string>;
}

/** Whether the view shows this conversation: the same rule as the server's, over the row's own fields. */
export function belongs(view: ViewName, conversation: OperatorConversation, me: Owner): boolean {
  if (conversation.status === "closed") return view === "closed";
  switch (view) {
    case "all":
      return true;
    case "mine":
      return conversation.assignee?.id === me.id;
    case "team":
      return me.teams.has(conversation.team);
    case "queue":
      return conversation.assignee === null;
    case "closed":
      return false;
  }
}

/** A row's place in the list, kept apart from the row, because a page's end stays where it was. */
export interface Place {
  waiting: boolean;
  at: string;
  id: string;
}

export function placeOf({ id, conversation }: InboxRow): Place {
  const since = conversation.waiting_since;
  if (since !== null) return { waiting: true, at: since, id };
  return { waiting: false, at: conversation.last?.at ?? conversation.created_at, id };
}

/** The server's order: who waits first, longest first; then the others, newest message first. */
export function byPlace(a: Place, b: Place): number {
  if (a.waiting !== b.waiting) return a.waiting ? -1 : 1;
  const older = byAge(a, b);
  return a.waiting ? older : -older;
}

function byAge(a: Place, b: Place): number {
  // Times have one format, so they compare as text.
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
