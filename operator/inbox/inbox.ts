import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Gone, OperatorChange, OperatorConversation } from "../../browser/protocol.ts";
import { VIEWS, type ViewName } from "./order.ts";
import { createView, type ReadPage, type View } from "./view.ts";

export interface Inbox {
  readonly view: ReadonlySignal<View>;
  /** How many wait for an answer, whatever view is shown. */
  readonly waiting: ReadonlySignal<number>;
  /** Show a view; it is read at once if it wasn't and `online`, else after the next connect. */
  choose(name: ViewName, online: boolean): void;
  /** Read the shown pages again; the other views are read when they are next shown. */
  reload(): void;
  change(change: OperatorChange): void;
  gone(gone: Gone): void;
  find(id: string): OperatorConversation | undefined;
}

export function createInbox(me: string, first: ViewName, read: ReadPage): Inbox {
  const views = Object.fromEntries(
    VIEWS.map((name) => [name, createView(name, me, read)]),
  ) as Record<ViewName, View>;
  const chosen = signal<ViewName>(first);
  const view = computed(() => views[chosen.value]);

  return {
    view,
    // The count of all stays on the tab's icon while another view is shown.
    waiting: computed(() => views.all.waiting.value),
    choose(name, online) {
      chosen.value = name;
      if (online && views[name].state.value === "unread") void views[name].reload();
    },
    reload() {
      for (const each of Object.values(views)) {
        if (each === view.value || each === views.all) void each.reload();
        else each.forget();
      }
    },
    change: (change) => batch(() => each((one) => one.change(change))),
    gone: ({ id }) => batch(() => each((one) => one.gone(id))),
    find(id) {
      const rows = [view.value, views.all].map((one) => one.list.value.rows.get(id));
      return rows.find((row) => row !== undefined)?.conversation;
    },
  };

  function each(step: (view: View) => void): void {
    for (const one of Object.values(views)) step(one);
  }
}
