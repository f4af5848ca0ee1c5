import { type ReadonlySignal, signal } from "@preact/signals";
import type { ChooseState } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import type { Call } from "./call.ts";

export type Chosen = ChooseState["state"];

/** Whether we are at work, as our colleagues see it. */
export interface Presence {
  /** Null until the server has said it. */
  readonly state: ReadonlySignal<Chosen | null>;
  /** False when it could not be said. */
  choose(state: Chosen): Promise<boolean>;
  /** We are connected; the page that has just been opened is a sign of life. */
  connected(): void;
  /** What the server says about us. */
  heard(state: Chosen): void;
  close(): void;
}

/** So many ms, at least, lie between two signs of life. */
const EVERY = 60_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

export function createPresence(call: Call, online: () => boolean): Presence {
  const state = signal<Chosen | null>(null);
  let moved = Number.NEGATIVE_INFINITY;
  let opened = false;

  async function live(): Promise<void> {
    const now = performance.now();
    if (now - moved < EVERY || !online()) return;
    moved = now;
    const answer = await call("presence.active", {});
    if (!refused(answer)) state.value = answer.state;
    else moved = Number.NEGATIVE_INFINITY;
  }

  const sign = () => void live();
  for (const each of SIGNS) addEventListener(each, sign, { passive: true, capture: true });

  return {
    state,
    async choose(chosen) {
      const answer = await call("presence.set", { state: chosen });
      if (refused(answer)) return false;
      moved = performance.now();
      state.value = answer.state;
      return true;
    },
    connected() {
      if (!opened) sign();
      opened = true;
    },
    heard(said) {
      state.value = said;
    },
    close() {
      for (const each of SIGNS) removeEventListener(each, sign, { capture: true });
    },
  };
}
