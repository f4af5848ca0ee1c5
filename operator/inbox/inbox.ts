import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Gone, OperatorChange, OperatorConversation } from "../../browser/protocol.ts";
import type { Counts } from "./counts.ts";
import { type Filter, isOn, passes } from "./filter.ts";
import { belongs, type Owner, VIEWS, type ViewName } from "./order.ts";
import { createView, type ReadPage, type View } from "./view.ts";

export interface Inbox {
  readonly view: ReadonlySignal<View>;
  /** How many wait for an answer, whatever view is shown. */
  readonly waiting: ReadonlySignal<number>;
  readonly counts: Counts["value"];
  /** Show a view; it is read at once if it wasn't and `online`, else after the next connect. */
  choose(name: ViewName, online: boolean): void;
  /** Read the shown pages again; the other views are read when they are next shown. */
  reload(): void;
  change(change: OperatorChange): void;
  gone(gone: Gone): void;
  find(id: string): OperatorConversation | undefined;
  close(): void;
}

export interface InboxOptions {
  owner: ReadonlySignal<Owner>;
  first: ViewName;
  filter: ReadonlySignal<Filter>;
  counts: Counts;
  read: ReadPage;
}

export function createInbox({ owner, first, filter, counts, read }: InboxOptions): Inbox {
  const views = Object.fromEntries(
    VIEWS.map((name) => {
      const shows = (one: OperatorConversation) =>
        belongs(name, one, owner.peek()) && passes(filter.peek(), one);
      return [name, createView(name, shows, read)];
    }),
  ) as Record<ViewName, View>;
  const chosen = signal<ViewName>(first);
  const view = computed(() => views[chosen.value]);
  const all = views.all;

  // With another filter every list is another one.
  let narrowed = filter.peek();
  const undo = effect(() => {
    if (filter.value === narrowed) return;
    narrowed = filter.value;
    untracked(reload);
  });

  function reload(): void {
    counts.stale();
    for (const each of Object.values(views)) {
      if (each === view.value || each === all) void each.reload();
      else each.forget();
    }
  }

  return {
    view,
    counts: counts.value,
    // The count of all stays on the tab's icon while another view is shown.
    waiting: computed(() => {
      const { next, end } = all.list.value;
      const unknown = all.state.value !== "ready" && all.list.value.rows.size === 0;
      const partly = unknown || isOn(filter.value) || (next !== null && end?.waiting === true);
      const counted = counts.value.value?.waiting;
      return partly && counted !== undefined ? counted : all.waiting.value;
    }),
    choose(name, online) {
      chosen.value = name;
      if (online && views[name].state.value === "unread") void views[name].reload();
    },
    reload,
    change(change) {
      counts.stale();
      batch(() => each((one) => one.change(change)));
    },
    gone({ id }) {
      counts.stale();
      batch(() => each((one) => one.gone(id)));
    },
    find(id) {
      const rows = [view.value, all].map((one) => one.list.value.rows.get(id));
      return rows.find((row) => row !== undefined)?.conversation;
    },
    close() {
      undo();
      counts.close();
    },
  };

  function each(step: (view: View) => void): void {
    for (const one of Object.values(views)) step(one);
  }
}
