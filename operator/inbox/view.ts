import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../browser/connection.ts";
import type { InboxPage } from "../../browser/protocol.ts";
import {
  type Change,
  changed,
  extended,
  howManyWait,
  type Listed,
  NOTHING,
  type Shows,
  without,
} from "./listed.ts";
import type { ViewName } from "./order.ts";

export type ReadPage = (view: ViewName, after: string | null) => Promise<InboxPage | Refusal>;

export type ViewState = "unread" | "loading" | "ready" | "failed";

/** One tab of the list. It is read when first shown, and from then on follows the frames. */
export interface View {
  readonly name: ViewName;
  readonly list: ReadonlySignal<Listed>;
  readonly state: ReadonlySignal<ViewState>;
  readonly failure: ReadonlySignal<string | null>;
  readonly waiting: ReadonlySignal<number>;
  /** Read again every page that is shown. */
  reload(): Promise<void>;
  more(): Promise<void>;
  change(change: Change): void;
  gone(id: string): void;
  forget(): void;
}

export function createView(name: ViewName, shows: Shows, read: ReadPage): View {
  const list = signal<Listed>(NOTHING);
  const state = signal<ViewState>("unread");
  const failure = signal<string | null>(null);
  let pages = 0;
  let turn = 0;
  let extending = false;
  // What comes while pages are being read may be newer than they are.
  let since: ((list: Listed) => Listed)[] | null = null;

  function apply(step: (list: Listed) => Listed): void {
    if (state.value === "unread") return;
    since?.push(step);
    list.value = step(list.value);
  }

  function failed(code: string): void {
    batch(() => {
      state.value = "failed";
      failure.value = code;
    });
  }

  async function reload(): Promise<void> {
    turn += 1;
    const mine = turn;
    since = [];
    extending = false;
    if (state.value !== "ready") state.value = "loading";
    let fresh = NOTHING;
    let count = 0;
    do {
      const page = await read(name, fresh.next);
      if (mine !== turn) return;
      if ("error" in page) {
        since = null;
        return failed(page.error.code);
      }
      fresh = extended(fresh, page);
      count += 1;
    } while (fresh.next !== null && count < pages);
    batch(() => {
      list.value = (since ?? []).reduce((result, step) => step(result), fresh);
      state.value = "ready";
      failure.value = null;
    });
    pages = count;
    since = null;
  }

  async function more(): Promise<void> {
    const after = list.value.next;
    if (after === null || extending || state.value !== "ready") return;
    extending = true;
    const mine = turn;
    const page = await read(name, after);
    if (mine !== turn) return;
    extending = false;
    if ("error" in page) return failed(page.error.code);
    list.value = extended(list.value, page);
    pages += 1;
  }

  return {
    name,
    list,
    state,
    failure,
    waiting: computed(() => howManyWait(list.value)),
    reload,
    more,
    change: (change) => apply((now) => changed(now, shows, change)),
    gone: (id) => apply((now) => without(now, id, now.rows.get(id)?.rev ?? 0)),
    forget() {
      turn += 1;
      pages = 0;
      since = null;
      batch(() => {
        list.value = NOTHING;
        state.value = "unread";
        failure.value = null;
      });
    },
  };
}
