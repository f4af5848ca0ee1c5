import { type ReadonlySignal, signal } from "@preact/signals";
import type { OperatorChange } from "../../browser/protocol.ts";
import { playMelody } from "./melody.ts";
import { createTurn } from "./turn.ts";

export interface Bell {
  readonly muted: ReadonlySignal<boolean>;
  /** The browser holds the sound back until somebody clicks. */
  readonly held: ReadonlySignal<boolean>;
  toggle(): void;
  /** A change was pushed; `inView` says that somebody is looking at this very chat. */
  heard(change: OperatorChange, inView: boolean): void;
  close(): void;
}

const PREFIX = "kell.panel.";
const MUTED = "muted";
/** A message that comes so late, in ms, is history. */
const FRESH = 60_000;

/** Read and written past any copy in memory: other tabs write here too. */
const shared = {
  get(name: string): string | null {
    try {
      return localStorage.getItem(PREFIX + name);
    } catch {
      return null;
    }
  },
  set(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, value);
    } catch {
      // Forbidden: then each tab is on its own.
    }
  },
};

/** A melody at a visitor's message, in one tab, unless it is muted. `now` is the server's time. */
export function createBell(me: string, now: () => number): Bell {
  const muted = signal(shared.get(MUTED) === "yes");
  const held = signal(!navigator.userActivation?.hasBeenActive);
  const turn = createTurn(shared);
  let context: AudioContext | null = null;

  function ring(): void {
    // Made late: before the first click browsers refuse it, and complain.
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
    playMelody(context);
  }

  function released(): void {
    held.value = false;
    forget();
  }

  function forget(): void {
    removeEventListener("click", released, true);
    removeEventListener("keydown", released, true);
  }

  function stored({ key }: StorageEvent): void {
    if (key === PREFIX + MUTED) muted.value = shared.get(MUTED) === "yes";
  }

  if (held.value) {
    addEventListener("click", released, true);
    addEventListener("keydown", released, true);
  }
  addEventListener("storage", stored);

  return {
    muted,
    held,
    toggle() {
      muted.value = !muted.value;
      shared.set(MUTED, muted.value ? "yes" : null);
      if (!muted.value) ring();
    },
    heard(change, inView) {
      const id = rings(change, me, now());
      if (id === null) return;
      if (inView) turn.seen(id);
      else if (!muted.peek() && !held.peek()) void turn.take(id).then((ours) => ours && ring());
    },
    close() {
      forget();
      removeEventListener("storage", stored);
      void context?.close();
    },
  };
}

/** The visitor's new message that this change brings, if it is for us to answer. */
export function rings(change: OperatorChange, me: string, now: number): string | null {
  const { conversation, messages, rev } = change;
  const { assignee, seq } = conversation;
  if (assignee !== null && assignee.id !== me) return null;
  const fresh = messages.find(
    (message) =>
      message.kind === "message" &&
      message.author.kind === "visitor" &&
      !message.deleted &&
      message.seq === seq &&
      message.rev === rev &&
      now - Date.parse(message.at) < FRESH,
  );
  return fresh?.id ?? null;
}
