import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Quote } from "../../browser/protocol.ts";
import type { Store } from "../../browser/store.ts";
import type { VisitorState } from "./current.ts";

/** What stands in the composer; it survives a reload. */
export interface Writing {
  readonly text: ReadonlySignal<string>;
  /** The message that it answers. */
  readonly quote: ReadonlySignal<Quote | null>;
  /** Another number each time that somebody wants to write now. */
  readonly wanted: ReadonlySignal<number>;
  write(text: string): void;
  /** Quote this message; null for none. */
  answer(message: string | null): void;
  want(): void;
  clear(): void;
}

const TEXT = "text";
// Only its id: a deleted message must not live on here.
const QUOTED = "quoted";

export function createWriting(store: Store, state: ReadonlySignal<VisitorState | null>): Writing {
  const text = signal(store.get(TEXT) ?? "");
  const quoted = signal(store.get(QUOTED));
  const wanted = signal(0);

  function write(next: string): void {
    text.value = next;
    store.set(TEXT, next || null);
  }

  function answer(message: string | null): void {
    quoted.value = message;
    store.set(QUOTED, message);
  }

  return {
    text,
    quote: computed(() => quoteOf(state.value, quoted.value)),
    wanted,
    write,
    answer(message) {
      answer(message);
      wanted.value++;
    },
    want() {
      wanted.value++;
    },
    clear() {
      write("");
      answer(null);
    },
  };
}

function quoteOf(state: VisitorState | null, id: string | null): Quote | null {
  const found = state?.messages.find((message) => message.id === id && !message.deleted);
  if (!found) return null;
  const { seq, author, text, deleted } = found;
  return { id: found.id, seq, author, text, deleted };
}
