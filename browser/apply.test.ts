import { describe, expect, test } from "vitest";
import {
  apply,
  applyEarlier,
  applySync,
  type Change,
  empty,
  type State,
  type Sync,
} from "./apply.ts";

interface Message {
  id: string;
  seq: number;
  rev: number;
  text: string | null;
}
interface Conversation {
  seq: number;
}
type Frame = Change<Message, Conversation>;
type Page = Sync<Message, Conversation>;

const order = (message: Message) => message.seq;

/** The server's side: every work moves `rev` by one and stamps the rows that it changed. */
function serverOf(works: number, random: () => number) {
  const rows: Message[] = [];
  const frames: Frame[] = [];
  for (let rev = 1; rev <= works; rev++) {
    const changed: Message[] = [];
    const victim = random() < 0.3 ? Math.floor(random() * rows.length) : -1;
    const old = rows[victim];
    if (old) changed.push({ ...old, rev, text: null });
    else if (random() < 0.9)
      changed.push({ id: `m${rows.length + 1}`, seq: rows.length + 1, rev, text: `text ${rev}` });
    for (const row of changed) rows[row.seq - 1] = row;
    frames.push({ id: "c", rev, conversation: { seq: rows.length }, messages: changed });
  }
  const at = (rev: number): Message[] => {
    const known = new Map<string, Message>();
    for (const frame of frames.slice(0, rev))
      for (const row of frame.messages) known.set(row.id, row);
    return [...known.values()].sort((a, b) => a.seq - b.seq);
  };
  const sync = (rev: number, after: number, page = 200): Page => {
    const all = at(rev);
    const fresh = all.filter((row) => row.rev > after);
    const reset = fresh.length > page;
    return {
      ...{ id: "c", rev, conversation: frames[rev - 1]?.conversation ?? { seq: 0 } },
      ...{ messages: reset ? all.slice(-page) : fresh, reset, earlier: reset && all.length > page },
    };
  };
  return { frames, at, sync };
}

/** Numbers that a failing test can repeat. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const fresh = () => empty<Message, Conversation>();
const take = (state: State<Message, Conversation>, frame: Frame) => apply(state, frame, order);

describe("whatever the order of delivery", () => {
  test.each(Array.from({ length: 200 }, (_, seed) => seed))(
    "seed %i: each state on the way is one the server had, and the last is the server's",
    (seed) => {
      const random = randomFrom(seed);
      const works = 1 + Math.floor(random() * 25);
      const server = serverOf(works, random);
      // Some frames are lost, some come twice, all of them in any order.
      const delivered = shuffled(
        server.frames.flatMap((frame) =>
          random() < 0.2 ? [] : random() < 0.2 ? [frame, frame] : [frame],
        ),
        random,
      );
      let state = fresh();
      for (const frame of delivered) {
        state = take(state, frame);
        if (random() < 0.1) {
          // A sync answered at some moment, and arriving late.
          const answered = state.rev + Math.floor(random() * (works - state.rev + 1));
          if (answered)
            state = applySync(state, server.sync(answered, state.rev), state.rev, order);
        }
        expect(state.messages).toEqual(server.at(state.rev));
      }
      state = applySync(state, server.sync(works, state.rev), state.rev, order);
      expect(state.messages).toEqual(server.at(works));
      expect(state.rev).toBe(works);
      expect(state.held).toEqual([]);
    },
  );
});

describe("apply", () => {
  const { frames, sync } = serverOf(6, () => 0.5);
  const [first, second, third] = frames as [Frame, Frame, Frame];

  test("takes the next, drops the known", () => {
    const state = take(take(fresh(), first), second);
    expect(state.rev).toBe(2);
    expect(take(state, first)).toBe(state);
  });

  test("holds what comes too early, and takes it when the hole is filled", () => {
    const early = take(take(fresh(), first), third);
    expect(early.rev).toBe(1);
    expect(early.messages).toHaveLength(1);
    expect(take(early, third)).toBe(early);
    const filled = take(early, second);
    expect(filled.rev).toBe(3);
    expect(filled.held).toEqual([]);
  });

  test("a sync makes what was held superfluous", () => {
    const early = take(fresh(), third);
    const state = applySync(early, sync(4, 0), 0, order);
    expect(state.rev).toBe(4);
    expect(state.held).toEqual([]);
  });

  test("a late sync does not take anything back", () => {
    const state = frames.reduce(take, fresh());
    expect(applySync(state, sync(3, 0), 0, order)).toBe(state);
    expect(applySync(state, { ...sync(3, 0), reset: true }, 2, order)).toBe(state);
  });

  test("a reset replaces everything, also after the server was restored from a backup", () => {
    const state = frames.reduce(take, fresh());
    const restored = applySync(state, { ...sync(3, 0), reset: true, earlier: true }, 6, order);
    expect(restored.rev).toBe(3);
    expect(restored.messages).toHaveLength(3);
    expect(restored.earlier).toBe(true);
  });

  test("a change of a message that is not loaded makes no hole", () => {
    const page = applySync(fresh(), sync(6, 0, 2), 0, order);
    expect(page.messages.map(order)).toEqual([5, 6]);
    const old = { id: "m1", seq: 1, rev: 7, text: null };
    const changed = take(page, { id: "c", rev: 7, conversation: { seq: 6 }, messages: [old] });
    expect(changed.messages.map(order)).toEqual([5, 6]);
    expect(changed.rev).toBe(7);
    const earlier = { messages: [old, ...sync(6, 0).messages.slice(1, 4)], earlier: false };
    const whole = applyEarlier(changed, earlier, order);
    expect(whole.messages.map(order)).toEqual([1, 2, 3, 4, 5, 6]);
    const again = take(whole, {
      id: "c",
      rev: 8,
      conversation: { seq: 6 },
      messages: [{ ...old, rev: 8 }],
    });
    expect(again.messages[0]?.rev).toBe(8);
  });

  test("older pages go before, and never over something newer", () => {
    const state = applySync(fresh(), { ...sync(6, 0, 2), earlier: true }, 0, order);
    expect(state.messages.map(order)).toEqual([5, 6]);
    const stale = { id: "m5", seq: 5, rev: 1, text: "old" };
    const older = [...sync(6, 0).messages.slice(2, 4), stale];
    const more = applyEarlier(state, { messages: older, earlier: true }, order);
    expect(more.messages.map(order)).toEqual([3, 4, 5, 6]);
    expect(more.messages[2]?.text).toBe("text 5");
    expect(more.rev).toBe(6);
  });
});
