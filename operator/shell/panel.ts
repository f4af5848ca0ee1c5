import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { now, sync } from "../../browser/clock.ts";
import type { ConnectionState } from "../../browser/connection.ts";
import { createLine } from "../../browser/line.ts";
import { createOutbox, type Draft, type Outbox } from "../../browser/outbox.ts";
import { createPlainHttp } from "../../browser/plain-http.ts";
import type {
  AssignConversation,
  Me,
  OperatorChange,
  OperatorCommands,
  OperatorEvents,
  OperatorMessage,
  Person,
  TeamStream,
} from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import { createStore } from "../../browser/store.ts";
import { type Bell, createBell } from "../bell/bell.ts";
import { type CannedReplies, createCanned } from "../conversation/canned.ts";
import { createDeliveries } from "../conversation/deliveries.ts";
import { createDrafts, type Drafts } from "../conversation/drafts.ts";
import { createKeptChats } from "../conversation/kept-chats.ts";
import { createOpenChat, type OpenChat } from "../conversation/open-chat.ts";
import { createTypingBoard, type TypingBoard } from "../conversation/typing-board.ts";
import { createViewing } from "../conversation/viewing.ts";
import { changedCard } from "../customer/changed-card.ts";
import { createCounts } from "../inbox/counts.ts";
import { createHoles } from "../inbox/holes.ts";
import { createInbox, type Inbox } from "../inbox/inbox.ts";
import { createSearch, type Search } from "../inbox/search.ts";
import { numbered } from "../ui/problem.ts";
import type { Address } from "./address.ts";
import { onReturn } from "./awake.ts";
import type { Call, Line } from "./call.ts";
import { type Colleagues, createColleagues } from "./colleagues.ts";
import { createPresence, type Presence } from "./presence.ts";
import { visible } from "./visible.ts";

/** Everything that a signed-in operator works with. */
export interface Panel {
  readonly me: Me;
  readonly address: Address;
  readonly inbox: Inbox;
  readonly search: Search;
  readonly colleagues: Colleagues;
  readonly bell: Bell;
  readonly presence: Presence;
  readonly canned: CannedReplies;
  /** Who else has the open chat open. */
  readonly viewers: ReadonlySignal<readonly Person[]>;
  /** The teams whose chats come to us; nobody speaks of teams while there is one. */
  readonly teams: ReadonlySignal<readonly TeamStream[]>;
  readonly outbox: Outbox;
  readonly typing: TypingBoard;
  readonly drafts: Drafts;
  readonly chat: ReadonlySignal<OpenChat | null>;
  readonly connection: ReadonlySignal<ConnectionState>;
  /** Null when it went well, else the code of the refusal. */
  handOver(input: AssignConversation): Promise<string | null>;
  /** One command to the server. */
  readonly call: Call;
  reconnect(): void;
  close(): void;
}

export interface PanelOptions {
  me: Me;
  address: Address;
  /** The server says that this session has ended. */
  ended(): void;
}

/** Chats that are opened faster than so many ms are leafed through. */
const LEAFING = 150;

export function createPanel({ me, address, ended }: PanelOptions): Panel {
  const line: Line = createLine<OperatorCommands, OperatorEvents>({
    side: "operator",
    plain: createPlainHttp,
  });
  const call: Call = async (command, input) => {
    const answer = numbered(await line.call(command, input));
    if (refused(answer) && answer.error.code === "unauthenticated") ended();
    return answer;
  };
  const state = signal(line.state());
  const store = createStore(`kell.panel.${me.id}.`);
  const typing = createTypingBoard(me.id);
  const teams = signal<readonly TeamStream[]>([]);
  const inbox = createInbox({
    owner: computed(() => ({ id: me.id, teams: new Set(teams.value.map(({ id }) => id)) })),
    first: address.view.value,
    filter: address.filter,
    counts: createCounts(call),
    read: (view, after) => call("inbox.list", { view, after, ...address.filter.peek() }),
  });
  const search = createSearch(call);
  const canned = createCanned(call);
  const viewing = createViewing(me.id, call);
  const bell = createBell(me.id, now);
  const colleagues = createColleagues(call);
  const presence = createPresence(call, () => line.state() === "online");
  const deliveries = createDeliveries(me.id, (conversation, seq) => {
    void call("mark.delivered", { conversation, seq });
  });
  const holes = createHoles(() => {
    // What was missed may be a deletion.
    kept.clear();
    search.again();
    inbox.reload();
  });
  const outbox = createOutbox({ store, send, confirmed });
  const drafts = createDrafts(store);
  const chat = signal<OpenChat | null>(null);
  const kept = createKeptChats();
  let openedAt = 0;
  let leafing: ReturnType<typeof setTimeout> | undefined;

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
    kept.heard(change.id, change.messages);
    search.changed(change);
    inbox.change(change);
    if (typeof change.n === "number") holes.seen(change.team, change.n);
  }

  async function handOver(input: AssignConversation): Promise<string | null> {
    const answer = await call("conversation.assign", input);
    if (refused(answer)) return answer.error.code;
    if (answer.change !== null) took(answer.change);
    // Without a change it may have left our reach: then the thread finds out.
    if (chat.peek()?.id === input.conversation) void chat.peek()?.settle(answer);
    return null;
  }

  /** What is deleted stays nowhere in this browser: not in what is about to be sent either. */
  function forget(messages: readonly OperatorMessage[]): void {
    for (const { id } of messages.filter((message) => message.deleted)) {
      outbox.unquote(id);
      drafts.unquote(id);
    }
  }

  /** Whoever leafs through the list stays nowhere: such a chat needn't be read at all. */
  function readSoon(opened: OpenChat | null): void {
    clearTimeout(leafing);
    const at = Date.now();
    const quick = at - openedAt < LEAFING;
    openedAt = at;
    const read = () => {
      if (line.state() === "online") void opened?.read();
    };
    if (quick) leafing = setTimeout(read, LEAFING);
    else read();
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
    line.on("welcome", (welcome) => {
      sync(welcome.at);
      teams.value = welcome.teams;
      holes.begin(welcome.teams);
      // Something may have been deleted meanwhile, or have left our reach.
      kept.clear();
      search.again();
      void colleagues.reload();
      presence.connected();
      again();
      outbox.wake();
    }),
    line.on("conversation.changed", (change) => {
      took(change);
      bell.heard(change, chat.peek()?.id === change.id && visible.peek());
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
      kept.forget(gone.id);
      search.gone(gone.id);
      if (chat.peek()?.id === gone.id) chat.peek()?.gone();
    }),
    line.on("typing", typing.heard),
    line.on("viewing", viewing.heard),
    line.on("visitor.moved", (news) => chat.peek()?.moved(news)),
    line.on("customer.changed", ({ id }) => {
      changedCard.value = { id };
      // Its visitors may be another card's by now.
      if (chat.peek()?.visitor.peek()?.customer === id) void chat.peek()?.read();
    }),
    line.on("colleagues.state", ({ people }) => {
      colleagues.heard(people);
      const mine = people.find(({ operator }) => operator === me.id)?.state ?? "offline";
      if (mine !== "offline") presence.heard(mine);
    }),
    effect(() => {
      const looked = visible.value && state.value === "online" ? address.chat.value : null;
      untracked(() => viewing.look(looked));
    }),
    line.on("beacon", ({ at, revs, counts }) => {
      sync(at);
      const open = chat.peek();
      const rev = revs[open?.id ?? ""];
      if (rev !== undefined) open?.check(rev);
      for (const [team, n] of Object.entries(counts)) holes.stands(team, n);
    }),
    // The server closes the socket after it: the next welcome reads everything anew.
    line.on("reach.changed", () => {
      kept.clear();
      search.again();
      inbox.reload();
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
        kept.keep(chat.value?.keep() ?? null);
        chat.value?.close();
        chat.value = id === null ? null : createOpenChat(id, me.id, call, took, kept.take(id));
        readSoon(chat.value);
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
    search,
    colleagues,
    bell,
    presence,
    canned,
    viewers: viewing.others,
    handOver,
    teams,
    outbox,
    typing,
    drafts,
    chat,
    connection: computed(() => state.value),
    call,
    reconnect: line.retry,
    close() {
      for (const step of undo) step();
      clearTimeout(leafing);
      chat.value?.close();
      holes.stop();
      inbox.close();
      search.close();
      bell.close();
      presence.close();
      viewing.close();
      typing.close();
      deliveries.close();
      outbox.close();
      line.close();
    },
  };
}
