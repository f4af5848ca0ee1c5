import { type ReadonlySignal, signal } from "@preact/signals";
import { now } from "../../browser/clock.ts";
import type { OperatorMessage, Person, Typing } from "../../browser/protocol.ts";

/** Who is typing where. Nobody says when they stop: an entry dies by itself. */
export interface TypingBoard {
  readonly all: ReadonlySignal<ReadonlyMap<string, readonly Person[]>>;
  heard(typing: Typing): void;
  /** Whoever has sent a message types it no more. */
  wrote(chat: string, messages: readonly OperatorMessage[]): void;
  close(): void;
}

/** At most; a clock that is wrong must not leave somebody typing for ever. */
const LONGEST = 6000;

export function createTypingBoard(me: string): TypingBoard {
  const all = signal<ReadonlyMap<string, readonly Person[]>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function set(chat: string, people: readonly Person[]): void {
    const map = new Map(all.peek());
    if (people.length === 0) map.delete(chat);
    else map.set(chat, people);
    all.value = map;
  }

  function others(chat: string, id: string): readonly Person[] {
    return (all.peek().get(chat) ?? []).filter((person) => person.id !== id);
  }

  function stop(chat: string, id: string): void {
    const key = `${chat} ${id}`;
    clearTimeout(timers.get(key));
    if (timers.delete(key)) set(chat, others(chat, id));
  }

  return {
    all,
    heard({ conversation, author, until }) {
      if (author.id === me) return;
      const key = `${conversation} ${author.id}`;
      clearTimeout(timers.get(key));
      const left = Math.min(LONGEST, Date.parse(until) - now());
      if (!(left > 0)) return stop(conversation, author.id);
      timers.set(key, setTimeout(stop, left, conversation, author.id));
      set(conversation, [...others(conversation, author.id), author]);
    },
    wrote(chat, messages) {
      for (const { author, kind } of messages) if (kind === "message") stop(chat, author.id);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
