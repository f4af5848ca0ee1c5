import { type ReadonlySignal, signal } from "@preact/signals";
import type { Store } from "../../browser/store.ts";

export interface Bell {
  readonly muted: ReadonlySignal<boolean>;
  mute(muted: boolean): void;
  ring(): void;
}

const MUTED = "muted";
const CALM = 3000;

/** The melody of a reply (CHAT-10): at most one in three seconds, none for those who want none. */
export function createBell(store: Store, load = () => import("./melody.ts")): Bell {
  const muted = signal(store.get(MUTED) !== null);
  let last = 0;
  return {
    muted,
    mute(next) {
      muted.value = next;
      store.set(MUTED, next ? "1" : null);
    },
    ring() {
      if (muted.value || Date.now() - last < CALM) return;
      last = Date.now();
      load()
        .then(({ play }) => play())
        // Without a sound it is a reply all the same.
        .catch(() => undefined);
    },
  };
}
