import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type {
  OpenedConversation,
  OperatorChange,
  OperatorCommands,
  OperatorConversation,
  OperatorMessage,
  VisitorCard,
  VisitorMoved,
} from "../../browser/protocol.ts";
import { type Refusal, refused } from "../../browser/refusal.ts";
import { createThread } from "../../browser/thread.ts";
import type { Call } from "../shell/call.ts";
import { createMarker } from "./marker.ts";

export type ChatState = "loading" | "ready" | "failed" | "gone";

type Deed = "conversation.take" | "conversation.close" | "conversation.reopen";

/** The chat that is open: its thread, its visitor, and what can be done in it. */
export interface OpenChat {
  readonly id: string;
  readonly state: ReadonlySignal<ChatState>;
  /** Why it didn't load, or why the last deed was refused. */
  readonly problem: ReadonlySignal<string | null>;
  readonly conversation: ReadonlySignal<OperatorConversation | null>;
  readonly messages: ReadonlySignal<readonly OperatorMessage[]>;
  readonly visitor: ReadonlySignal<VisitorCard | null>;
  /** Older messages exist that are not here. */
  readonly earlier: ReadonlySignal<boolean>;
  /** Read it, or what of it was missed; and ask to be told of lost frames. */
  read(): Promise<void>;
  readEarlier(): Promise<boolean>;
  apply(change: OperatorChange): void;
  /** The visitor has opened another page, or left. */
  moved(news: VisitorMoved): void;
  settle(answer: { rev: number; change: OperatorChange | null }): Promise<void>;
  check(rev: number): void;
  do(deed: Deed): Promise<void>;
  takeOver(): Promise<void>;
  remove(message: string): Promise<void>;
  seen(seq: number): void;
  typing(): void;
  gone(): void;
  /** Its newest messages, to be shown at once when it is opened again. */
  keep(): OpenedConversation | null;
  dismiss(): void;
  close(): void;
}

/** So many messages are worth keeping: a page of the server's. */
const KEPT = 200;

/** As many as the server remembers. */
const PAGES_KEPT = 20;

/** Said again that often while somebody types. */
const TYPING_EVERY = 3000;

/** `took` hears of the changes that our own deeds made: nobody pushes them to us. */
export function createOpenChat(
  id: string,
  me: string,
  call: Call,
  took: (change: OperatorChange) => void,
  kept: OpenedConversation | null = null,
): OpenChat {
  const state = signal<ChatState>("loading");
  const problem = signal<string | null>(null);
  const visitor = signal<VisitorCard | null>(null);
  // What is shown comes from the last time that it was open, and no older page stands above it.
  let old = kept !== null;
  let saidTyping = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const thread = createThread<OperatorMessage, OperatorConversation>({
    order: (message) => message.line,
    pull: (after) => call("conversation.sync", { conversation: id, after }),
    older: (before) => call("conversation.earlier", { conversation: id, before }),
    gone,
  });
  const marker = createMarker(async (seq) => {
    const answer = await call("mark.read", { conversation: id, seq });
    return !refused(answer);
  });

  function gone(): void {
    batch(() => {
      state.value = "gone";
      visitor.value = null;
    });
  }

  function unread({ error }: Refusal): void {
    if (error.code === "not_found" || error.code === "forbidden") {
      gone();
      return;
    }
    problem.value = error.code;
    if (state.value === "loading") state.value = "failed";
    // Whoever leafs through too quickly gets the chat where they stop, without asking again.
    if (!closed && error.retry_after !== undefined)
      again = setTimeout(read, error.retry_after * 1000);
  }

  async function run<K extends Deed | "message.delete" | "conversation.assign">(
    command: K,
    input: OperatorCommands[K]["input"],
  ): Promise<void> {
    problem.value = null;
    const answer = await call(command, input);
    if (refused(answer)) {
      problem.value = answer.error.code;
      return;
    }
    if (answer.change !== null) took(answer.change);
    await thread.settle(answer);
  }

  const messages = computed(() => thread.state.value.messages);
  const earlier = computed(() => thread.state.value.earlier);

  function show(page: OpenedConversation): void {
    visitor.value = page.visitor;
    thread.load(page);
    state.value = "ready";
  }

  async function read(): Promise<void> {
    clearTimeout(again);
    if (state.value === "failed") state.value = "loading";
    const page = await call("conversation.open", { conversation: id });
    if (refused(page)) return unread(page);
    batch(() => {
      problem.value = null;
      if (thread.state.value.rev === 0 || old) {
        old = false;
        return show(page);
      }
      // Older pages may be open: only what is missing comes, and the reader stays in place.
      visitor.value = page.visitor;
      thread.check(page.rev);
      state.value = "ready";
    });
  }

  if (kept !== null) show(kept);

  return {
    id,
    state,
    problem,
    visitor,
    messages,
    earlier,
    conversation: computed(() => thread.state.value.conversation),
    read,
    readEarlier() {
      if (earlier.peek()) old = false;
      return thread.readEarlier();
    },
    apply: thread.apply,
    moved({ visitor: who, page, here, last_seen_at }) {
      const card = visitor.peek();
      if (card?.id !== who) return;
      const pages = page === null ? card.pages : [page, ...card.pages].slice(0, PAGES_KEPT);
      visitor.value = { ...card, page: page ?? card.page, pages, here, last_seen_at };
    },
    settle: thread.settle,
    check: thread.check,
    do: (deed) => run(deed, { conversation: id }),
    takeOver: () => run("conversation.assign", { conversation: id, operator: me }),
    remove: (message) => run("message.delete", { conversation: id, message }),
    seen: marker.reach,
    typing() {
      if (Date.now() - saidTyping < TYPING_EVERY) return;
      saidTyping = Date.now();
      void call("typing", { conversation: id });
    },
    gone,
    keep() {
      const { rev, conversation } = thread.state.peek();
      const card = visitor.peek();
      if (state.peek() !== "ready" || conversation === null || card === null) return null;
      const known = messages.peek();
      const newest = known.slice(-KEPT);
      return {
        id,
        rev,
        conversation,
        messages: newest,
        team: conversation.team,
        reset: true,
        earlier: earlier.peek() || newest.length < known.length,
        visitor: card,
        viewers: [],
      };
    },
    dismiss() {
      problem.value = null;
    },
    close() {
      closed = true;
      clearTimeout(again);
      marker.close();
      thread.close();
    },
  };
}
