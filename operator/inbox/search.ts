import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { FoundRow, OperatorChange } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import type { Call } from "../shell/call.ts";

/** Typing comes in bursts: the server is asked when so many ms went by without a letter. */
const PAUSE = 180;
/** A page may be empty although more follow; so many are asked for in a row. */
const IN_A_ROW = 6;

export type SearchState = "idle" | "looking" | "ready" | "failed";

export interface Search {
  readonly text: ReadonlySignal<string>;
  readonly state: ReadonlySignal<SearchState>;
  readonly failure: ReadonlySignal<string | null>;
  readonly rows: ReadonlySignal<readonly FoundRow[]>;
  readonly more: ReadonlySignal<boolean>;
  write(text: string): void;
  /** Look again for what is shown: while we were away anything may have happened to it. */
  again(): void;
  /** A change, however it came: what was deleted is found no more. */
  changed(change: OperatorChange): void;
  /** This chat has left our reach. */
  gone(chat: string): void;
  readMore(): Promise<void>;
  close(): void;
}

/** Looks for chats while somebody types. */
export function createSearch(call: Call): Search {
  const text = signal("");
  const state = signal<SearchState>("idle");
  const failure = signal<string | null>(null);
  const rows = signal<readonly FoundRow[]>([]);
  const next = signal<string | null>(null);
  const more = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  let asking = false;

  async function look(after: string | null): Promise<void> {
    turn += 1;
    const mine = turn;
    asking = true;
    const q = text.peek().trim();
    let known = after === null ? [] : [...rows.peek()];
    let from = after;
    for (let page = 0; page < IN_A_ROW; page += 1) {
      const answer = await call("inbox.search", { q, after: from });
      if (mine !== turn) return;
      if (refused(answer)) {
        asking = false;
        batch(() => {
          state.value = "failed";
          failure.value = answer.error.code;
        });
        return;
      }
      const before = known.length;
      known = joined(known, answer.rows);
      from = answer.next;
      if (known.length > before || from === null) break;
    }
    asking = false;
    batch(() => {
      rows.value = known;
      next.value = from;
      more.value = from !== null;
      state.value = "ready";
      failure.value = null;
    });
  }

  function keep(shown: (row: FoundRow) => boolean): void {
    rows.value = rows.peek().filter(shown);
    // What is being answered may be older than that.
    if (asking) void look(null);
  }

  function rest(): void {
    turn += 1;
    asking = false;
    batch(() => {
      rows.value = [];
      next.value = null;
      more.value = false;
      state.value = "idle";
    });
  }

  return {
    text,
    state,
    failure,
    rows,
    more,
    write(value) {
      const same = value.trim() === text.peek().trim();
      text.value = value;
      clearTimeout(timer);
      if (value.trim() === "") return rest();
      if (same && state.peek() !== "idle") return;
      state.value = "looking";
      timer = setTimeout(() => void look(null), PAUSE);
    },
    again() {
      if (state.peek() === "idle") return;
      state.value = "looking";
      void look(null);
    },
    changed({ id, rev, conversation, messages }) {
      const deleted = new Set(messages.filter((each) => each.deleted).map((each) => each.id));
      if (deleted.size === 0) return;
      keep(({ hit }) => hit.message === null || !deleted.has(hit.message));
      // Where a name was found, the last message stands below it.
      rows.value = rows
        .peek()
        .map((row) => (row.id === id && row.rev < rev ? { ...row, rev, conversation } : row));
    },
    gone: (chat) => keep(({ id }) => id !== chat),
    async readMore() {
      if (next.peek() !== null && state.peek() === "ready") await look(next.peek());
    },
    close: () => clearTimeout(timer),
  };
}

/** A chat may come again with an older match: the first one counts. */
function joined(known: readonly FoundRow[], fresh: readonly FoundRow[]): FoundRow[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...fresh.filter(({ id }) => !ids.has(id))];
}
