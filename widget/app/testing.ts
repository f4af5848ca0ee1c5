import type { Draft } from "../../browser/outbox.ts";
import type { Person, VisitorConversation, VisitorMessage } from "../../browser/protocol.ts";

export const VISITOR: Person = { kind: "visitor", id: "v", name: null, photo: null };
export const LIISA: Person = { kind: "operator", id: "o", name: "Liisa Tamm", photo: null };

export function message(seq: number, part: Partial<VisitorMessage> = {}): VisitorMessage {
  return {
    ...{ id: `m${seq}`, seq, rev: seq, client_id: `client-${seq}`, author: VISITOR },
    ...{ text: `text ${seq}`, quote: null, at: "2026-11-19T12:02:00.000Z", deleted: false },
    ...part,
  };
}

export function conversation(part: Partial<VisitorConversation> = {}): VisitorConversation {
  return {
    ...{ id: "c", status: "open", seq: 0, operator: null },
    delivered: { visitor: 0, operator: 0 },
    read: { visitor: 0, operator: 0 },
    created_at: "2026-11-19T12:00:00.000Z",
    closed_at: null,
    ...part,
  };
}

export function draft(part: Partial<Draft> = {}): Draft {
  return {
    ...{ client_id: "d", lane: "c", conversation: "c", kind: "message", text: "draft" },
    ...{ quote: null, form: {}, at: Date.parse("2026-11-19T12:03:00.000Z") },
    ...{ state: "waiting", code: null },
    ...part,
  };
}
