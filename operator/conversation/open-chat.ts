import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type {
  EarlierPage,
  OperatorChange,
  OperatorCommands,
  OperatorConversation,
  OperatorMessage,
  OperatorSync,
  VisitorCard,
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
  settle(answer: { rev: number; change: OperatorChange | null }): Promise<void>;
  check(rev: number): void;
  do(deed: Deed): Promise<void>;
  takeOver(): Promise<void>;
  remove(message: string): Promise<void>;
  seen(seq: number): void;
  typing(): void;
  gone(): void;
  dismiss(): void;
  close(): void;
}

/** Said again that often while somebody types. */
const TYPING_EVERY = 3000;

/** `took` hears of the changes that our own deeds made: nobody pushes them to us. */
export function createOpenChat(
  id: string,
  me: string,
  call: Call,
  took: (change: OperatorChange) => void,
): OpenChat {
  const state = signal<ChatState>("loading");
  const problem = signal<string | null>(null);
  const visitor = signal<VisitorCard | null>(null);
  // A change of an older message must not show it above the messages that were not read yet.
  const floor = signal(0);
  let saidTyping = 0;
  let reading: Promise<boolean> | null = null;

  const thread = createThread<OperatorMessage, OperatorConversation>({
    order: (message) => message.line,
    async pull(after) {
      const answer = await call("conversation.sync", { conversation: id, after });
      if (!refused(answer)) lower(answer);
      return answer;
    },
    gone,
  });
  const marker = createMarker(async (seq) => {
    const answer = await call("mark.read", { conversation: id, seq });
    return !refused(answer);
  });

  function lower(page: OperatorSync | EarlierPage): void {
    if ("reset" in page && !page.reset) return;
    floor.value = page.earlier ? (page.messages[0]?.line ?? 0) : 0;
  }

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

  async function older(): Promise<boolean> {
    const first = messages.peek()[0];
    if (first === undefined || !earlier.peek()) return false;
    const page = await call("conversation.earlier", { conversation: id, before: first.line });
    if (refused(page)) return false;
    batch(() => {
      lower(page);
      thread.earlier(page);
    });
    return true;
  }

  const messages = computed(() => {
    const known = thread.state.value.messages;
    return floor.value === 0 ? known : known.filter(({ line }) => line >= floor.value);
  });
  const earlier = computed(() => thread.state.value.earlier);

  return {
    id,
    state,
    problem,
    visitor,
    messages,
    earlier,
    conversation: computed(() => thread.state.value.conversation),
    async read() {
      if (state.value === "failed") state.value = "loading";
      const page = await call("conversation.open", { conversation: id });
      if (refused(page)) return unread(page);
      batch(() => {
        problem.value = null;
        visitor.value = page.visitor;
        if (thread.state.value.rev === 0) {
          lower(page);
          thread.load(page);
        } else {
          // Older pages may be open: only what is missing comes, and the reader stays in place.
          thread.check(page.rev);
        }
        state.value = "ready";
      });
    },
    readEarlier() {
      reading ??= older().finally(() => {
        reading = null;
      });
      return reading;
    },
    apply: thread.apply,
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
    dismiss() {
      problem.value = null;
    },
    close() {
      marker.close();
      thread.close();
    },
  };
}
