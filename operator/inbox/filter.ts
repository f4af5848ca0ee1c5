import type { OperatorConversation } from "../../browser/protocol.ts";

/** What narrows a view down; nothing in it, nothing is left out. */
export interface Filter {
  unread?: boolean;
  assignee?: string;
  team?: string;
}

const ID = /^[0-9a-f]{32}$/;

export function filterIn(query: string): Filter {
  const asked = new URLSearchParams(query);
  const filter: Filter = {};
  if (asked.get("unread") === "1") filter.unread = true;
  for (const name of ["assignee", "team"] as const) {
    const id = asked.get(name);
    if (id !== null && ID.test(id)) filter[name] = id;
  }
  return filter;
}

/** How it stands in the address. */
export function queryOf({ unread, assignee, team }: Filter): [string, string][] {
  const query: [string, string][] = [];
  if (unread) query.push(["unread", "1"]);
  if (assignee !== undefined) query.push(["assignee", assignee]);
  if (team !== undefined) query.push(["team", team]);
  return query;
}

export function isOn(filter: Filter): boolean {
  return queryOf(filter).length > 0;
}

/** The same rule as the server's, over the row's own fields. */
export function passes(filter: Filter, conversation: OperatorConversation): boolean {
  if (filter.unread && conversation.unread === 0) return false;
  if (filter.team !== undefined && conversation.team !== filter.team) return false;
  return filter.assignee === undefined || conversation.assignee?.id === filter.assignee;
}
