import { effect, type ReadonlySignal } from "@preact/signals";
import type { State } from "../../browser/apply.ts";
import type { VisitorConversation, VisitorMessage } from "../../browser/protocol.ts";

type Mark = "mark.read" | "mark.delivered";

interface Options {
  state: ReadonlySignal<State<VisitorMessage, VisitorConversation> | null>;
  /** The visitor can see the thread. */
  seen: ReadonlySignal<boolean>;
  online: ReadonlySignal<boolean>;
  mark(command: Mark, conversation: string, seq: number): void;
}

const PACE = 1000;

/** Others' messages that this visitor has not seen. */
export function unreadOf(
  state: State<VisitorMessage, VisitorConversation> | null,
): VisitorMessage[] {
  const read = state?.conversation?.read.visitor ?? 0;
  return (state?.messages ?? []).filter((message) => fromOthers(message) && message.seq > read);
}

export function fromOthers(message: VisitorMessage): boolean {
  return message.author.kind !== "visitor" && !message.deleted;
}

/** Tells the server how far the visitor has got: the highest only, at most once a second. */
export function reportReading({ state, seen, online, mark }: Options): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = "";

  function report(): void {
    timer = undefined;
    const conversation = state.peek()?.conversation;
    const seq = state.peek()?.messages.findLast(fromOthers)?.seq ?? 0;
    if (!conversation || !online.peek()) return;
    const command = seen.peek() ? "mark.read" : "mark.delivered";
    const known = seen.peek() ? conversation.read.visitor : conversation.delivered.visitor;
    const what = `${command} ${conversation.id} ${seq}`;
    if (seq <= known || what === last) return;
    last = what;
    mark(command, conversation.id, seq);
    timer = setTimeout(report, PACE);
  }

  return effect(() => {
    // A mark that was under way when the line broke may be lost.
    if (!online.value) last = "";
    void [state.value, seen.value];
    if (timer === undefined) timer = setTimeout(report);
  });
}
