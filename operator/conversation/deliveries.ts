import type { OperatorConversation } from "../../browser/protocol.ts";

/** Long enough for a colleague's panel to say it first, short enough for the visitor's tick. */
const SPREAD = 1000;
/** Of one chat it is said no more often. */
const PACE = 1000;

/** Tells the visitors that their messages have reached a panel: this one, unless another was first. */
export interface Deliveries {
  heard(conversation: OperatorConversation): void;
  close(): void;
}

export function createDeliveries(
  me: string,
  tell: (conversation: string, seq: number) => void,
): Deliveries {
  const due = new Map<string, { seq: number; timer: ReturnType<typeof setTimeout> }>();
  /** When it may be said again. */
  const free = new Map<string, number>();

  /** Milliseconds until the end of this chat's pace, and a random part of the spread. */
  function wait(id: string): number {
    const now = Date.now();
    for (const [each, at] of free) if (at <= now) free.delete(each);
    return Math.max((free.get(id) ?? 0) - now, Math.random() * SPREAD);
  }

  function drop(id: string): void {
    clearTimeout(due.get(id)?.timer);
    due.delete(id);
  }

  return {
    heard({ id, seq, assignee, delivered }) {
      const ours = assignee === null || assignee.id === me;
      if (!ours || seq <= delivered.operator) return drop(id);
      const waiting = due.get(id);
      if (waiting !== undefined) {
        waiting.seq = seq;
        return;
      }
      const timer = setTimeout(() => {
        const last = due.get(id)?.seq ?? seq;
        due.delete(id);
        free.set(id, Date.now() + PACE);
        tell(id, last);
      }, wait(id));
      due.set(id, { seq, timer });
    },
    close() {
      for (const id of [...due.keys()]) drop(id);
    },
  };
}
