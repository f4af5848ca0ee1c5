import {
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import * as clock from "../../browser/clock.ts";
import type { ConnectionState } from "../../browser/connection.ts";
import { language } from "../../browser/i18n.ts";
import { createLine } from "../../browser/line.ts";
import { createOutbox, type Draft, type Outbox, pending } from "../../browser/outbox.ts";
import type {
  ChatStarted,
  Person,
  Quote,
  SitePage,
  VisitorCommands,
  VisitorEvents,
  VisitorSent,
} from "../../browser/protocol.ts";
import { type Refusal, refused } from "../../browser/refusal.ts";
import type { Store } from "../../browser/store.ts";
import type { Identity } from "../kell.d.ts";
import { createCurrent, type VisitorState } from "./current.ts";
import type { HostPage } from "./host-page.ts";
import { createLazyHttp } from "./lazy-http.ts";
import { reportReading } from "./reading.ts";
import type { Session } from "./session.ts";
import { answering } from "./site.ts";
import { createTypist, paced } from "./typing.ts";

export interface Chat {
  /** Null while there is no conversation. */
  readonly state: ReadonlySignal<VisitorState | null>;
  /** Written here and not among the messages yet. */
  readonly drafts: ReadonlySignal<readonly Draft[]>;
  readonly typing: ReadonlySignal<Person | null>;
  readonly network: ReadonlySignal<ConnectionState>;
  /** Nothing is known yet of an earlier chat. */
  readonly loading: ReadonlySignal<boolean>;
  /** Why there is no chat on this page. */
  readonly refusal: ReadonlySignal<Refusal | null>;
  /** The visitor has the thread before their eyes. */
  readonly seen: ReadonlySignal<boolean>;
  /** The link in a mail did not open its chat, and the visitor has not got over it yet. */
  readonly staleLink: Signal<boolean>;
  /** A first message that the server sent back, because this field of the form isn't in order. */
  readonly returned: Signal<{ field: string; text: string } | null>;
  send(text: string, quote?: Quote | null, form?: Record<string, string>): void;
  retry: Outbox["retry"];
  discard: Outbox["discard"];
  typed(): void;
  reconnect(): void;
  /** Read the page before the oldest message. */
  earlier(): void;
  /** The site in this language; null if that cannot be learned now. */
  about(lang: string): Promise<SitePage | null>;
  /** Leave nothing of this visitor in this browser. */
  forget(): Promise<void>;
}

/** Said of a conversation that takes no messages any more, or is not ours any more. */
const OVER = ["conversation_closed", "not_found"];

export function createChat(session: Session, store: Store, page: HostPage): Chat {
  const network = signal<ConnectionState>("connecting");
  const refusal = signal<Refusal | null>(null);
  const returned = signal<{ field: string; text: string } | null>(null);
  const welcomed = signal(false);
  const visible = signal(!document.hidden);
  const seen = computed(() => visible.value && page.shown.value);
  const typist = createTypist();
  const connection = createLine<VisitorCommands, VisitorEvents>({
    side: "visitor",
    auth: session.credentials,
    plain: (options) => createLazyHttp(options),
  });
  const current = createCurrent({
    pull: (conversation, after) => connection.call("conversation.sync", { conversation, after }),
    older: (conversation, before) =>
      connection.call("conversation.earlier", { conversation, before }),
  });
  const outbox = createOutbox<VisitorSent | ChatStarted>({
    store,
    send: deliver,
    confirmed(draft, answer) {
      const begun = "conversation" in answer ? answer.conversation : null;
      if (begun) {
        current.enter(begun);
        returned.value = null;
      }
      return current.settle(begun ?? draft.conversation, answer);
    },
    refused(draft, { error }) {
      const [, field] = error.field?.split("form.") ?? [];
      if (!draft.conversation && field) {
        outbox.discard(draft.client_id);
        returned.value = { field, text: draft.text };
        return;
      }
      // What somebody wrote to an old chat begins a new one.
      const over = OVER.includes(error.code) && error.field !== "quote";
      if (draft.conversation && over) outbox.restart(draft.conversation);
    },
  });

  function deliver({ conversation, lane, form, client_id, text, quote }: Draft) {
    return conversation
      ? connection.call("message.send", { conversation, client_id, text, quote: quote?.id ?? null })
      : connection.call("chat.start", {
          ...{ start_id: lane, form, client_id, text },
          ...{ page: page.info.peek(), lang: language() },
        });
  }

  let renewed = false;
  connection.onState((state, why) => {
    network.value = state;
    if (state === "online") {
      renewed = false;
      outbox.wake();
    } else typist.stops();
    if (state !== "refused" || !why) return;
    // Our token is not known any more: be a new visitor, once.
    if (why.error.code === "unauthenticated" && !renewed) {
      renewed = true;
      session.forget();
      connection.retry();
    } else refusal.value = why;
  });
  connection.on("welcome", ({ at, conversation, online }) => {
    clock.sync(at);
    answering.value = online;
    current.is(session.linked() ?? conversation);
    welcomed.value = true;
  });
  connection.on("site.online", (online) => {
    answering.value = online;
  });
  connection.on("beacon", ({ at, revs }) => {
    clock.sync(at);
    current.check(revs);
  });
  connection.on("conversation.changed", (change) => {
    typist.stops();
    current.changed(change);
  });
  connection.on("conversation.gone", ({ id }) => current.left(id));
  connection.on("typing", ({ conversation, author, until }) => {
    if (conversation === current.id.peek()) typist.writes(author, until);
  });
  effect(() => {
    const where = page.info.value;
    if (where && network.value === "online") void connection.call("page", where);
  });
  effect(() => {
    const who = page.identity.value;
    if (who && network.value === "online") void identify(who);
  });
  document.addEventListener("visibilitychange", () => {
    visible.value = !document.hidden;
  });
  effect(() => {
    const deleted = current.state.value?.messages.filter((message) => message.deleted) ?? [];
    untracked(() => {
      for (const { id } of deleted) outbox.unquote(id);
    });
  });
  reportReading({
    state: current.state,
    seen,
    online: computed(() => network.value === "online"),
    mark: (command, conversation, seq) => connection.call(command, { conversation, seq }),
  });

  async function identify(who: Identity): Promise<void> {
    const answer = await connection.call("identify", who);
    if (refused(answer)) {
      page.tell({ kell: "unidentified", code: answer.error.code });
      return;
    }
    page.tell({ kell: "identified", verified: answer.verified });
    if (!answer.token) return;
    // Somebody who was here before: from now on this browser is theirs.
    session.become(answer.token);
    location.reload();
  }

  return {
    state: current.state,
    drafts: computed(() => {
      const messages = current.state.value?.messages ?? [];
      const here = pending(outbox.drafts.value, current.id.value, messages);
      return current.id.value ? [...here, ...pending(outbox.drafts.value, null, messages)] : here;
    }),
    typing: typist.who,
    network,
    loading: computed(() =>
      current.id.value ? !current.state.value?.conversation : !welcomed.value,
    ),
    refusal,
    seen,
    staleLink: session.staleLink,
    returned,
    send(text, quote = null, form = {}) {
      session.staleLink.value = false;
      outbox.post({ conversation: current.id.peek(), text, quote, form });
      // As a part of a chat to be begun, it has its form now.
      returned.value = null;
    },
    retry: outbox.retry,
    discard: outbox.discard,
    typed: paced(() => {
      const conversation = current.id.peek();
      if (conversation) void connection.call("typing", { conversation });
    }),
    reconnect: connection.retry,
    earlier: current.earlier,
    async about(lang) {
      const answer = await connection.call("site.page", { lang });
      return refused(answer) ? null : answer;
    },
    async forget() {
      // Also if nobody hears it: nothing of it stays here.
      if (network.peek() === "online") await connection.call("logout", {});
      connection.close();
      outbox.close();
      for (const name of store.names("")) store.set(name, null);
    },
  };
}
