import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { sync } from "../../browser/clock.ts";
import type { ConnectionState } from "../../browser/connection.ts";
import { createLine } from "../../browser/line.ts";
import { createOutbox, type Draft, type Outbox } from "../../browser/outbox.ts";
import type {
  Me,
  OperatorChange,
  OperatorCommands,
  OperatorEvents,
  OperatorMessage,
} from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import { createStore } from "../../browser/store.ts";
import { createDeliveries } from "../conversation/deliveries.ts";
import { createDrafts, type Drafts } from "../conversation/drafts.ts";
import { createOpenChat, type OpenChat } from "../conversation/open-chat.ts";
import { createTypingBoard, type TypingBoard } from "../conversation/typing-board.ts";
import { createHoles } from "../inbox/holes.ts";
import { createInbox, type Inbox } from "../inbox/inbox.ts";
import type { Address } from "./address.ts";
import { onReturn } from "./awake.ts";
import type { Call, Line } from "./call.ts";
import { visible } from "./visible.ts";

/** Everything that a signed-in operator works with. */
export interface Panel {
  readonly me: Me;
  readonly address: Address;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly typing: TypingBoard;
  readonly drafts: Drafts;
  readonly chat: ReadonlySignal<OpenChat | null>;
  readonly connection: ReadonlySignal<ConnectionState>;
  reconnect(): void;
  close(): void;
}

export interface PanelOptions {
  me: Me;
  address: Address;
  /** The server says that this session has ended. */
  ended(): void;
}

export function createPanel({ me, address, ended }: PanelOptions): Panel {
  const line: Line = createLine<OperatorCommands, OperatorEvents>({ side: "operator" });
  const call: Call = async (command, input) => {
    const answer = await line.call(command, input);
    if (refused(answer) && answer.error.code === "unauthenticated") ended();
    return answer;
  };
  const state = signal(line.state());
  const store = createStore(`kell.panel.${me.id}.`);
  const typing = createTypingBoard(me.id);
  const inbox = createInbox(me.id, address.view.value, (view, after) =>
    call("inbox.list", { view, after }),
  );
  const deliveries = createDeliveries(me.id, (conversation, seq) => {
    void call("mark.delivered", { conversation, seq });
  });
  const holes = createHoles(inbox.reload);
  const outbox = createOutbox({ store, send, confirmed });
  const drafts = createDrafts(store);
  const chat = signal<OpenChat | null>(null);

  async function send(draft: Draft) {
    const { conversation, client_id, text, quote, kind } = draft;
    const note = { conversation: conversation ?? draft.lane, client_id, text };
    return kind === "note"
      ? call("note.add", note)
      : call("message.send", { ...note, quote: quote?.id ?? null });
  }

  async function confirmed(
    draft: Draft,
    answer: { rev: number; change: OperatorChange | null },
  ): Promise<void> {
    if (answer.change !== null) took(answer.change);
    const open = chat.peek();
    if (open?.id === draft.conversation) await open?.settle(answer);
  }

  /** A change, however it came: by push or in an answer to one of ours. */
  function took(change: OperatorChange): void {
    typing.wrote(change.id, change.messages);
    forget(change.messages);
    inbox.change(change);
    if (typeof change.n === "number") holes.seen(change.team, change.n);
  }

  /** What is deleted stays nowhere in this browser: not in what is about to be sent either. */
  function forget(messages: readonly OperatorMessage[]): void {
    for (const { id } of messages.filter((message) => message.deleted)) {
      outbox.unquote(id);
      drafts.unquote(id);
    }
  }

  function again(): void {
    inbox.reload();
    void chat.peek()?.read();
  }

  const undo = [
    line.onState((next, why) => {
      state.value = next;
      if (next === "refused" && why?.error.code === "unauthenticated") ended();
    }),
    line.on("welcome", ({ at, teams }) => {
      sync(at);
      holes.begin(teams);
      again();
      outbox.wake();
    }),
    line.on("conversation.changed", (change) => {
      took(change);
      if (chat.peek()?.id !== change.id) {
        deliveries.heard(change.conversation);
        return;
      }
      // It is about to be marked as read, which says more.
      if (!visible.peek()) deliveries.heard(change.conversation);
      chat.peek()?.apply(change);
    }),
    line.on("conversation.gone", (gone) => {
      inbox.gone(gone);
      if (chat.peek()?.id === gone.id) chat.peek()?.gone();
    }),
    line.on("typing", typing.heard),
    line.on("beacon", ({ at, revs, counts }) => {
      sync(at);
      const open = chat.peek();
      const rev = revs[open?.id ?? ""];
      if (rev !== undefined) open?.check(rev);
      for (const [team, n] of Object.entries(counts)) holes.stands(team, n);
    }),
    line.on("session.ended", ended),
    onReturn(again),
    effect(() => {
      const messages = chat.value?.messages.value ?? [];
      untracked(() => forget(messages));
    }),
    effect(() => {
      const id = address.chat.value;
      untracked(() => {
        chat.value?.close();
        chat.value = id === null ? null : createOpenChat(id, me.id, call, took);
        if (line.state() === "online") void chat.value?.read();
      });
    }),
    effect(() => {
      const view = address.view.value;
      untracked(() => inbox.choose(view, line.state() === "online"));
    }),
  ];

  return {
    me,
    address,
    inbox,
    outbox,
    typing,
    drafts,
    chat,
    connection: computed(() => state.value),
    reconnect: line.retry,
    close() {
      for (const step of undo) step();
      chat.value?.close();
      holes.stop();
      typing.close();
      deliveries.close();
      outbox.close();
      line.close();
    },
  };
}
