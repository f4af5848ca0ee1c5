import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { type Refusal, refused } from "../../../browser/refusal.ts";

interface Page<E> {
  entries: readonly E[];
  next: string | null;
}

/** A log, newest first, read page by page towards the past. */
export interface Pages<E> {
  /** Null until the first page is here. */
  readonly entries: ReadonlySignal<readonly E[] | null>;
  readonly older: ReadonlySignal<boolean>;
  readonly busy: ReadonlySignal<boolean>;
  readonly failed: ReadonlySignal<string | null>;
  /** The next page, or the first again after `begin`. */
  more(): Promise<void>;
  begin(): Promise<void>;
}

export function createPages<E>(
  ask: (after: string | null) => Promise<Page<E> | Refusal>,
): Pages<E> {
  const entries = signal<readonly E[] | null>(null);
  const next = signal<string | null>(null);
  const older = signal(false);
  const busy = signal(false);
  const failed = signal<string | null>(null);
  let asked = 0;

  async function read(after: string | null): Promise<void> {
    const mine = ++asked;
    busy.value = true;
    const answer = await ask(after);
    if (mine !== asked) return;
    batch(() => {
      busy.value = false;
      failed.value = refused(answer) ? answer.error.code : null;
      if (refused(answer)) return;
      const before = after === null ? [] : (entries.peek() ?? []);
      entries.value = [...before, ...answer.entries];
      next.value = answer.next;
      older.value = answer.next !== null;
    });
  }

  return {
    entries,
    older,
    busy,
    failed,
    more: () => (busy.peek() ? Promise.resolve() : read(next.peek())),
    begin: () => read(null),
  };
}
