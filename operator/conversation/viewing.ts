import { type ReadonlySignal, signal } from "@preact/signals";
import { now } from "../../browser/clock.ts";
import type { Person, Viewer, Viewing } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import type { Call } from "../shell/call.ts";

const EVERY = 15_000;

/** Who else has the chat open (CHAT-14). We say that we do, again and again, while it is in view. */
export interface ViewingBoard {
  readonly others: ReadonlySignal<readonly Person[]>;
  /** Another chat, or none, is in view. */
  look(chat: string | null): void;
  heard(viewing: Viewing): void;
  close(): void;
}

export function createViewing(me: string, call: Call): ViewingBoard {
  const others = signal<readonly Person[]>([]);
  let untils = new Map<string, { person: Person; until: number }>();
  let looked: string | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let fading: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    clearTimeout(fading);
    const left = [...untils.values()].filter(({ until }) => until > now());
    untils = new Map(left.map((one) => [one.person.id, one]));
    const before = others.peek().map(({ id }) => id);
    if (`${before}` !== `${left.map(({ person }) => person.id)}`)
      others.value = left.map(({ person }) => person);
    if (left.length > 0) {
      const next = Math.min(...left.map(({ until }) => until)) - now();
      fading = setTimeout(show, Math.max(1000, next));
    }
  }

  function take(viewers: readonly Viewer[]): void {
    untils = new Map(
      viewers
        .filter(({ operator }) => operator.id !== me)
        .map(({ operator, until }) => [
          operator.id,
          { person: operator, until: Date.parse(until) },
        ]),
    );
    show();
  }

  async function say(chat: string): Promise<void> {
    clearTimeout(again);
    again = setTimeout(say, EVERY, chat);
    const answer = await call("conversation.viewing", { conversation: chat, open: true });
    if (!refused(answer) && looked === chat) take(answer.others);
  }

  return {
    others,
    look(chat) {
      if (chat === looked) return;
      clearTimeout(again);
      if (looked !== null) {
        void call("conversation.viewing", { conversation: looked, open: false });
      }
      looked = chat;
      take([]);
      // Whoever leafs through the list looks at nothing.
      if (chat !== null) again = setTimeout(say, 300, chat);
    },
    heard({ conversation, operator, until }) {
      if (conversation !== looked || operator.id === me) return;
      if (until === null) untils.delete(operator.id);
      else untils.set(operator.id, { person: operator, until: Date.parse(until) });
      show();
    },
    close() {
      clearTimeout(again);
      clearTimeout(fading);
    },
  };
}
