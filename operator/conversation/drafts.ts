import { type ReadonlySignal, signal } from "@preact/signals";
import type { Quote } from "../../browser/protocol.ts";
import type { Store } from "../../browser/store.ts";

/** What stands in a chat's composer. A note has a text of its own: it must never go out as a reply. */
export interface Writing {
  mode: "reply" | "note";
  reply: string;
  note: string;
  quote: Quote | null;
}

export const BLANK: Writing = { mode: "reply", reply: "", note: "", quote: null };

/** Kept for each chat, over reloads and sessions that end. */
export interface Drafts {
  readonly all: ReadonlySignal<ReadonlyMap<string, Writing>>;
  of(chat: string): Writing;
  write(chat: string, part: Partial<Writing>): void;
  /** This message was deleted: a quote of it keeps no words. */
  unquote(message: string): void;
}

const PREFIX = "writing.";

export function createDrafts(store: Store): Drafts {
  const all = signal<ReadonlyMap<string, Writing>>(restored(store));

  function write(chat: string, part: Partial<Writing>): void {
    const next = { ...(all.peek().get(chat) ?? BLANK), ...part };
    const map = new Map(all.peek());
    if (isBlank(next)) map.delete(chat);
    else map.set(chat, next);
    store.set(PREFIX + chat, isBlank(next) ? null : JSON.stringify(next));
    all.value = map;
  }

  return {
    all,
    of: (chat) => all.value.get(chat) ?? BLANK,
    write,
    unquote(message) {
      for (const [chat, { quote }] of all.peek())
        if (quote?.id === message && !quote.deleted)
          write(chat, { quote: { ...quote, text: null, deleted: true } });
    },
  };
}

function isBlank({ mode, reply, note, quote }: Writing): boolean {
  return mode === "reply" && reply === "" && note === "" && quote === null;
}

function restored(store: Store): Map<string, Writing> {
  const map = new Map<string, Writing>();
  for (const name of store.names(PREFIX)) {
    const writing = parse(store.get(name));
    if (writing !== null) map.set(name.slice(PREFIX.length), writing);
  }
  return map;
}

/** Null, if another version of this program wrote it so that we cannot read it. */
function parse(kept: string | null): Writing | null {
  try {
    const read: unknown = JSON.parse(kept ?? "");
    return typeof read === "object" ? { ...BLANK, ...read } : null;
  } catch {
    return null;
  }
}
