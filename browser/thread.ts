import { type ReadonlySignal, signal } from "@preact/signals";
import {
  apply,
  applyEarlier,
  applySync,
  type Change,
  empty,
  type Order,
  type Row,
  type State,
  type Sync,
} from "./apply.ts";
import { type Refusal, refused } from "./refusal.ts";

/** An older page, oldest message first; `earlier`: there are still older ones. */
export interface Page<M> {
  messages: M[];
  earlier: boolean;
}

export interface ThreadOptions<M, V> {
  order: Order<M>;
  /** `conversation.sync`: what changed after this revision. */
  pull(after: number): Promise<Sync<M, V> | Refusal>;
  /** `conversation.earlier`: the page before this place in the order. */
  older?(before: number): Promise<Page<M> | Refusal>;
  /** The conversation has left our reach. */
  gone?(): void;
}

export interface Thread<M, V> {
  readonly state: ReadonlySignal<State<M, V>>;
  /** A push. */
  apply(change: Change<M, V>): void;
  /** A whole page that came by another way than `pull`. */
  load(page: Sync<M, V>): void;
  /** Read the page before the oldest message, unless that is under way; false: nothing came. */
  readEarlier(): Promise<boolean>;
  /** An ack; settles when its change is in `state`. */
  settle(answer: { rev: number; change: Change<M, V> | null }): Promise<void>;
  /** The server is at this revision (beacon): catch up if nothing comes by itself. */
  check(rev: number): void;
  pull(): void;
  close(): void;
}

/** A hole often fills by itself: the ack or the push between may be under way. */
const PATIENCE = 300;
const RETRY = 1000;

/** One conversation, kept equal to the server's. */
export function createThread<M extends Row, V>(options: ThreadOptions<M, V>): Thread<M, V> {
  const { order } = options;
  const state = signal(empty<M, V>());
  let waiters: { rev: number; done: () => void }[] = [];
  let known = 0;
  let pulling = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: Promise<boolean> | null = null;

  function set(next: State<M, V>): void {
    state.value = next;
    known = Math.max(known, next.rev, ...next.held.map((change) => change.rev));
    const ready = waiters.filter(({ rev }) => rev <= next.rev);
    waiters = waiters.filter(({ rev }) => rev > next.rev);
    for (const { done } of ready) done();
    if (behind()) later(PATIENCE);
  }

  function behind(): boolean {
    return state.peek().rev < known;
  }

  function later(delay: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (behind()) void pull();
    }, delay);
  }

  async function pull(): Promise<void> {
    if (pulling || closed) return;
    pulling = true;
    const after = state.peek().rev;
    const answer = await options.pull(after);
    pulling = false;
    if (closed) return;
    if (!refused(answer)) set(applySync(state.peek(), answer, after, order));
    else if (["not_found", "forbidden"].includes(answer.error.code)) options.gone?.();
    // Offline: the next `welcome` says whether there is anything to pull.
    else if (answer.error.code !== "offline")
      later(Math.max(RETRY, 1000 * (answer.error.retry_after ?? 0)));
  }

  async function readEarlier(): Promise<boolean> {
    const { messages, earlier, rev } = state.peek();
    const [oldest] = messages;
    if (!oldest || !earlier || !options.older) return false;
    const page = await options.older(order(oldest));
    // A newest page may have replaced all meanwhile: between it and this one others would be missing.
    if (closed || refused(page) || state.peek().messages[0]?.id !== oldest.id) return false;
    // What was changed up there meanwhile, or deleted, was dropped, and this page may be older.
    if (state.peek().rev !== rev) return readEarlier();
    set(applyEarlier(state.peek(), page, order));
    return true;
  }

  return {
    state,
    apply: (change) => set(apply(state.peek(), change, order)),
    load: (page) => set(applySync(state.peek(), page, 0, order)),
    readEarlier() {
      reading ??= readEarlier().finally(() => {
        reading = null;
      });
      return reading;
    },
    settle({ rev, change }) {
      if (change) set(apply(state.peek(), change, order));
      known = Math.max(known, rev);
      if (behind()) later(PATIENCE);
      if (rev <= state.peek().rev) return Promise.resolve();
      return new Promise((done) => waiters.push({ rev, done }));
    },
    check(rev) {
      known = Math.max(known, rev);
      if (behind()) later(PATIENCE);
    },
    pull: () => void pull(),
    close() {
      closed = true;
      clearTimeout(timer);
      for (const { done } of waiters.splice(0)) done();
    },
  };
}
