import type {
  OperatorChange,
  OperatorConversation,
  OperatorMessage,
  Person,
} from "../../browser/protocol.ts";

/** What tests talk about, with everything filled in that they don't. */

export const ME: Person = { kind: "operator", id: "me", name: "Liisa Tamm", photo: null };
export const COLLEAGUE: Person = {
  kind: "operator",
  id: "marten",
  name: "Marten Kask",
  photo: null,
};
export const VISITOR: Person = { kind: "visitor", id: "visitor", name: "Anu Saar", photo: null };

export function at(time: string): string {
  return `2026-11-19T${time}.000Z`;
}

export function conversation(part: Partial<OperatorConversation> = {}): OperatorConversation {
  return {
    id: "c1",
    number: 7,
    status: "open",
    channel: "web",
    topic: null,
    seq: 1,
    lines: 1,
    unread: 0,
    site: { id: "site", name: "Lõng & Lina" },
    team: "team",
    visitor: { id: "visitor", number: 4821, name: "Anu Saar", email: null },
    assignee: null,
    waiting_since: null,
    late_at: null,
    last: null,
    delivered: { visitor: 0, operator: 0 },
    read: { visitor: 0, operator: 0 },
    created_at: at("12:00:00"),
    closed_at: null,
    ...part,
  };
}

export function waiting(id: string, since: string): OperatorConversation {
  return conversation({ id, waiting_since: since });
}

export function answered(id: string, time: string): OperatorConversation {
  const last = {
    line: 1,
    kind: "message" as const,
    author: ME,
    text: "Hi",
    at: time,
    deleted: false,
  };
  return conversation({ id, last });
}

export function row(shown: OperatorConversation, rev = 1) {
  return { id: shown.id, rev, conversation: shown };
}

export function message(part: Partial<OperatorMessage> = {}): OperatorMessage {
  return {
    id: "m1",
    seq: 1,
    rev: 1,
    client_id: part.id ?? "m1",
    author: VISITOR,
    text: "Hello",
    quote: null,
    at: at("12:00:00"),
    deleted: false,
    line: 1,
    kind: "message",
    event: null,
    deleted_at: null,
    deleted_by: null,
    mailed_at: null,
    ...part,
  };
}

export function change(
  rev: number,
  messages: OperatorMessage[] = [],
  part: Partial<OperatorConversation> = {},
): OperatorChange {
  const shown = conversation(part);
  return { id: shown.id, rev, conversation: shown, messages, team: shown.team, n: rev };
}
