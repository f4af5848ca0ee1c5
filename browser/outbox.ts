import { type ReadonlySignal, signal } from "@preact/signals";
import { backoff } from "./backoff.ts";
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { Quote } from "./protocol.ts";
import { type Refusal, refused } from "./refusal.ts";
import type { Store } from "./store.ts";

/** Something written that the server has not confirmed yet. */
export interface Draft {
  client_id: string;
  /** Drafts of one lane go out one after the other: a conversation's id, or a `start_id`. */
  lane: string;
  /** Null while its chat has not begun: then it goes as `chat.start` with the lane as `start_id`. */
  conversation: string | null;
  kind: "message" | "note";
  text: string;
  quote: Quote | null;
  form: Record<string, string>;
  /** The server's time when *send* was pressed, in milliseconds. */
  at: number;
  state: "waiting" | "sending" | "sent" | "failed";
  /** Why it still waits, or failed. */
  code: string | null;
}

export type NewDraft = Pick<Draft, "conversation" | "text"> &
  Partial<Pick<Draft, "kind" | "quote" | "form">>;

export interface OutboxOptions<A> {
  store: Store;
  send(draft: Draft): Promise<A | Refusal>;
  /** Show what was confirmed; the draft is kept until this settles. */
  confirmed(draft: Draft, answer: A): Promise<void>;
  refused?(draft: Draft, answer: Refusal): void;
}

export interface Outbox {
  readonly drafts: ReadonlySignal<readonly Draft[]>;
  post(draft: NewDraft): Draft;
  /** *Try again*, for a failed one. */
  retry(clientId: string): void;
  /** Throw a failed one away. */
  discard(clientId: string): void;
  /** Move what this conversation still had to send into a new chat. */
  restart(conversation: string): void;
  /** This message was deleted: keep no word of it. */
  unquote(message: string): void;
  /** The network is back: send now. */
  wake(): void;
  close(): void;
}

/** Refusals that no repetition will change. */
const FINAL = [
  "invalid",
  "conversation_closed",
  "not_found",
  "too_large",
  "forbidden",
  "unknown_command",
];
const DRAFT = "draft.";

interface Lane {
  busy: boolean;
  failures: number;
  notBefore: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** Show it now, deliver it later; a retry keeps the id, so the server cannot double it. */
export function createOutbox<A extends object>(options: OutboxOptions<A>): Outbox {
  const drafts = signal<readonly Draft[]>(restore(options.store));
  const lanes = new Map<string, Lane>();

  function change(clientId: string, part: Partial<Draft>): void {
    drafts.value = drafts.value.map((draft) => {
      if (draft.client_id !== clientId) return draft;
      const next = { ...draft, ...part };
      options.store.set(DRAFT + clientId, next.state === "sent" ? null : JSON.stringify(next));
      return next;
    });
  }

  function remove(clientId: string): void {
    options.store.set(DRAFT + clientId, null);
    drafts.value = drafts.value.filter((draft) => draft.client_id !== clientId);
  }

  function laneOf(name: string): Lane {
    const lane = lanes.get(name) ?? { busy: false, failures: 0, notBefore: 0 };
    lanes.set(name, lane);
    return lane;
  }

  function unsent(lane: string): Draft[] {
    return drafts.value.filter((draft) => draft.lane === lane && draft.state !== "sent");
  }

  function pump(name: string): void {
    const lane = laneOf(name);
    clearTimeout(lane.timer);
    if (lane.busy) return;
    // Without its first message a chat does not begin: what follows a failed one waits for it.
    const next = unsent(name).find((draft) => draft.state !== "failed" || !draft.conversation);
    if (!next || next.state === "failed") return;
    const wait = lane.notBefore - Date.now();
    if (wait > 0) lane.timer = setTimeout(pump, wait, name);
    else void deliver(lane, next);
  }

  async function deliver(lane: Lane, draft: Draft): Promise<void> {
    lane.busy = true;
    change(draft.client_id, { state: "sending" });
    const answer = await options.send(draft);
    lane.busy = false;
    if (refused(answer)) failed(lane, draft, answer);
    else arrived(lane, draft, answer);
  }

  function arrived(lane: Lane, draft: Draft, answer: A): void {
    const conversation = draft.conversation ?? begunBy(answer);
    lane.failures = 0;
    if (conversation && !draft.conversation)
      for (const follower of unsent(draft.lane))
        change(follower.client_id, { conversation, lane: conversation });
    change(draft.client_id, { state: "sent", conversation });
    void options.confirmed(draft, answer).then(() => remove(draft.client_id));
    pump(conversation ?? draft.lane);
  }

  function failed(lane: Lane, draft: Draft, answer: Refusal): void {
    const { code, retry_after = 0 } = answer.error;
    if (FINAL.includes(code)) {
      change(draft.client_id, { state: "failed", code });
      options.refused?.(draft, answer);
      pump(draft.lane);
      return;
    }
    change(draft.client_id, { state: "waiting", code });
    lane.notBefore = Date.now() + 1000 * retry_after;
    lane.timer = setTimeout(pump, 1000 * retry_after + backoff(lane.failures++), draft.lane);
  }

  /** A chat that has yet to begin takes everything written before it does; else it has this id. */
  function unborn(fresh: string): string {
    const first = drafts.value.find((draft) => !draft.conversation && draft.state !== "sent");
    return first?.lane ?? fresh;
  }

  function later(lane: string): number {
    return Math.max(now(), ...unsent(lane).map((draft) => draft.at + 1));
  }

  for (const { lane } of drafts.value) pump(lane);

  return {
    drafts,
    post({ conversation, text, kind = "message", quote = null, form = {} }) {
      const lane = conversation ?? unborn(newId());
      const draft: Draft = {
        client_id: newId(),
        lane,
        conversation,
        kind,
        // Half of a pair is no character: the server would end the connection, for ever.
        text: text.replace(/\p{Surrogate}/gu, "\uFFFD"),
        quote,
        form,
        at: later(lane),
        state: "waiting",
        code: null,
      };
      drafts.value = [...drafts.value, draft];
      change(draft.client_id, {});
      pump(lane);
      return draft;
    },
    retry(clientId) {
      change(clientId, { state: "waiting", code: null });
      const draft = drafts.value.find((one) => one.client_id === clientId);
      if (draft) pump(draft.lane);
    },
    discard(clientId) {
      const draft = drafts.value.find((one) => one.client_id === clientId);
      remove(clientId);
      if (draft) pump(draft.lane);
    },
    restart(conversation) {
      const moved = unsent(conversation);
      const [first] = moved;
      if (!first) return;
      // Another tab may keep the same drafts: it must begin the same chat.
      const lane = unborn(first.client_id);
      for (const { client_id } of moved)
        change(client_id, { conversation: null, lane, quote: null, state: "waiting", code: null });
      pump(lane);
    },
    unquote(message) {
      for (const { client_id, quote } of drafts.peek())
        if (quote?.id === message && !quote.deleted)
          change(client_id, { quote: { ...quote, text: null, deleted: true } });
    },
    wake() {
      for (const lane of lanes.values()) lane.failures = 0;
      for (const draft of drafts.value) if (draft.state === "waiting") pump(draft.lane);
    },
    close() {
      for (const lane of lanes.values()) clearTimeout(lane.timer);
    },
  };
}

/** What this conversation's thread shows below its messages; null is the chat to come. */
export function pending(
  drafts: readonly Draft[],
  conversation: string | null,
  messages: readonly { client_id: string }[],
): Draft[] {
  const known = new Set(messages.map((message) => message.client_id));
  return drafts.filter(
    (draft) => draft.conversation === conversation && !known.has(draft.client_id),
  );
}

/** The answer to `chat.start` names the conversation. */
function begunBy(answer: { conversation?: string }): string | null {
  return answer.conversation ?? null;
}

function restore(store: Store): Draft[] {
  return store
    .names(DRAFT)
    .flatMap((name) => parse(store.get(name)))
    .sort((a, b) => a.at - b.at);
}

/** Nothing, if another version of this program wrote it so that we cannot read it. */
function parse(kept: string | null): Draft[] {
  try {
    const draft = JSON.parse(kept ?? "") as Draft;
    return draft.client_id
      ? [draft.state === "failed" ? draft : { ...draft, state: "waiting" }]
      : [];
  } catch {
    return [];
  }
}
