import { signal } from "@preact/signals";
import type { Draft } from "../../browser/outbox.ts";
import type {
  FormField,
  Person,
  SiteOnline,
  VisitorConversation,
  VisitorMessage,
} from "../../browser/protocol.ts";
import type { Hello } from "../messages.ts";
import type { HostPage } from "./host-page.ts";

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

export const HELLO: Hello = {
  ...{ kell: "hello", name: "Lõng & Lina", shown: true, forget: false, kept: null },
  look: { color: "#2f5d50", scheme: "auto", language: "en" },
  page: { url: "https://shop.example/throw", title: "Throw" },
  ...{ identity: null, answers: {} },
};

/** A page around the frame that has said this; none with null. */
export function hostPage(said: Hello | null, tell: HostPage["tell"] = () => undefined) {
  return {
    hello: signal(said),
    met: Promise.resolve(said),
    alone: said === null,
    shown: signal(said?.shown ?? true),
    look: signal(said?.look ?? null),
    info: signal(said?.page ?? null),
    identity: signal(said?.identity ?? null),
    answers: signal(said?.answers ?? {}),
    forgotten: signal(0),
    tell,
  } satisfies HostPage;
}

export function field(id: string, part: Partial<FormField> = {}): FormField {
  return {
    ...{ id, kind: "text", label: id, required: false, when: "always" },
    ...{ topics: [], options: [], policy: null },
    ...part,
  };
}

export function online(part: Partial<SiteOnline> = {}): SiteOnline {
  return {
    ...{ state: "online", people: [], more: 0 },
    ...{ next_open: null, holiday: null, reply_minutes: null },
    ...part,
  };
}
