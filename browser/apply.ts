/** A message as both sides have it: `rev` is that of the conversation when the row last changed. */
export interface Row {
  id: string;
  rev: number;
}

/** What push, ack, page load and sync have in common. */
export interface Change<M, V> {
  id: string;
  rev: number;
  conversation: V;
  messages: M[];
}

/** `reset`: throw away what you have, this is the newest page; `earlier`: older ones exist. */
export interface Sync<M, V> extends Change<M, V> {
  reset: boolean;
  earlier: boolean;
}

/** One conversation as this browser knows it; never changed in place. */
export interface State<M, V> {
  rev: number;
  conversation: V | null;
  /** In the server's order, each once, none missing between the first and the last. */
  messages: readonly M[];
  /** Older messages exist that are not here. */
  earlier: boolean;
  /** Came before its turn: waits for the changes between. */
  held: readonly Change<M, V>[];
}

export function empty<M, V>(): State<M, V> {
  return { rev: 0, conversation: null, messages: [], earlier: false, held: [] };
}

/** Where a message stands: `seq` for the visitor, `line` for the operator. */
export type Order<M> = (message: M) => number;

/** Take the next change, drop a known one, hold one that came too early. */
export function apply<M extends Row, V>(
  state: State<M, V>,
  change: Change<M, V>,
  order: Order<M>,
): State<M, V> {
  if (change.rev <= state.rev) return state;
  if (change.rev === state.rev + 1) return release(take(state, change, order), order);
  if (state.held.some((held) => held.rev === change.rev)) return state;
  return { ...state, held: [...state.held, change].sort((a, b) => a.rev - b.rev) };
}

/** Take an answer of `conversation.sync`: all that changed after revision `after`. */
export function applySync<M extends Row, V>(
  state: State<M, V>,
  sync: Sync<M, V>,
  after: number,
  order: Order<M>,
): State<M, V> {
  // Newer changes came while the answer was under way. If the server itself knows less than we
  // did when asking, it was restored from a backup, and its word counts.
  if (sync.rev < state.rev && !(sync.reset && sync.rev < after)) return state;
  const base = sync.reset ? { ...state, messages: [], earlier: sync.earlier } : state;
  return release(take(base, sync, order), order);
}

/** Older messages, asked for by scrolling up. */
export function applyEarlier<M extends Row, V>(
  state: State<M, V>,
  page: { messages: M[]; earlier: boolean },
  order: Order<M>,
): State<M, V> {
  return {
    ...state,
    messages: merge(state.messages, page.messages, order),
    earlier: page.earlier,
  };
}

function take<M extends Row, V>(
  state: State<M, V>,
  change: Change<M, V>,
  order: Order<M>,
): State<M, V> {
  return {
    ...state,
    rev: change.rev,
    conversation: change.conversation,
    messages: merge(state.messages, within(state, change.messages, order), order),
  };
}

/** Without rows older than what is loaded: alone up there, one would hide that others are missing. */
function within<M, V>(state: State<M, V>, rows: M[], order: Order<M>): M[] {
  const [oldest] = state.messages;
  return state.earlier && oldest ? rows.filter((row) => order(row) >= order(oldest)) : rows;
}

function release<M extends Row, V>(state: State<M, V>, order: Order<M>): State<M, V> {
  const [next, ...rest] = state.held;
  if (!next || next.rev > state.rev + 1) return state;
  const without = { ...state, held: rest };
  return release(next.rev === state.rev + 1 ? take(without, next, order) : without, order);
}

function merge<M extends Row>(known: readonly M[], fresh: readonly M[], order: Order<M>): M[] {
  const rows = new Map(known.map((row) => [row.id, row]));
  for (const row of fresh) {
    const old = rows.get(row.id);
    if (!old || row.rev >= old.rev) rows.set(row.id, row);
  }
  return [...rows.values()].sort((a, b) => order(a) - order(b));
}
