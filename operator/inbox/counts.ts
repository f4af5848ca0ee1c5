import { type ReadonlySignal, signal } from "@preact/signals";
import type { InboxCounts } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import type { Call } from "../shell/call.ts";

/** Frames may come in crowds: the counts are asked for at most once in so many ms. */
const PACE = 2000;

export interface Counts {
  readonly value: ReadonlySignal<InboxCounts | null>;
  /** Something has changed: ask soon. */
  stale(): void;
  close(): void;
}

export function createCounts(call: Call): Counts {
  const value = signal<InboxCounts | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = 0;

  async function ask(): Promise<void> {
    askedAt = Date.now();
    timer = undefined;
    const answer = await call("inbox.counts", {});
    if (!refused(answer)) value.value = answer;
  }

  return {
    value,
    stale() {
      timer ??= setTimeout(ask, Math.max(0, askedAt + PACE - Date.now()));
    },
    close: () => clearTimeout(timer),
  };
}
