import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { State, Sync } from "../../browser/apply.ts";
import type { VisitorChange, VisitorConversation, VisitorMessage } from "../../browser/protocol.ts";
import type { Refusal } from "../../browser/refusal.ts";
import { createThread, type Page, type Thread } from "../../browser/thread.ts";

export type VisitorState = State<VisitorMessage, VisitorConversation>;
type Pulled = Sync<VisitorMessage, VisitorConversation> | Refusal;

export interface Current {
  readonly id: ReadonlySignal<string | null>;
  readonly state: ReadonlySignal<VisitorState | null>;
  /** The server says where we are: at this revision of this conversation, or in none. */
  is(conversation: { id: string; rev: number } | null): void;
  /** A push; one for a newer chat (begun in another tab) moves us there. */
  changed(change: VisitorChange): void;
  /** A chat has begun here. */
  enter(id: string): void;
  /** An ack; settles when the thread has what it confirmed. */
  settle(id: string | null, answer: { rev: number; change: VisitorChange | null }): Promise<void>;
  check(revs: Record<string, number>): void;
  left(id: string): void;
  /** Read the page before the oldest message. */
  earlier(): void;
}

interface Reads {
  pull(id: string, after: number): Promise<Pulled>;
  older(id: string, before: number): Promise<Page<VisitorMessage> | Refusal>;
}

/** The one conversation that the widget shows. */
export function createCurrent({ pull, older }: Reads): Current {
  type Here = { id: string; thread: Thread<VisitorMessage, VisitorConversation> };
  const here = signal<Here | null>(null);

  function enter(id: string): Here["thread"] {
    const now = here.peek();
    if (now?.id === id) return now.thread;
    now?.thread.close();
    const thread = createThread<VisitorMessage, VisitorConversation>({
      order: (message) => message.seq,
      pull: (after) => pull(id, after),
      older: (before) => older(id, before),
      gone: () => left(id),
    });
    here.value = { id, thread };
    return thread;
  }

  function left(id: string): void {
    if (here.peek()?.id !== id) return;
    here.peek()?.thread.close();
    here.value = null;
  }

  function newer(change: VisitorChange): boolean {
    const known = here.peek()?.thread.state.peek().conversation;
    return !known || change.conversation.created_at > known.created_at;
  }

  return {
    id: computed(() => here.value?.id ?? null),
    state: computed(() => here.value?.thread.state.value ?? null),
    is(conversation) {
      if (!conversation) return left(here.peek()?.id ?? "");
      const thread = enter(conversation.id);
      if (thread.state.peek().rev !== conversation.rev) thread.pull();
    },
    changed(change) {
      if (here.peek()?.id === change.id || newer(change)) enter(change.id).apply(change);
    },
    enter,
    settle(id, answer) {
      const now = here.peek();
      return now?.id === id ? now.thread.settle(answer) : Promise.resolve();
    },
    check(revs) {
      const now = here.peek();
      const rev = now && revs[now.id];
      if (rev) now.thread.check(rev);
    },
    left,
    earlier: () => void here.peek()?.thread.readEarlier(),
  };
}
