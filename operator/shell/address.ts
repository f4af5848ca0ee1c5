import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { type Filter, filterIn, queryOf } from "../inbox/filter.ts";
import { VIEWS, type ViewName } from "../inbox/order.ts";

const ROOT = "/operator/";
const CHAT = /^\/operator\/c\/([0-9a-f]{32})\/?$/;
const AREA = /^\/operator\/([a-z]{2,})(?:\/(.*?))?\/?$/;

/** A part of the panel beside the inbox, and the place within it: `settings` and `people/123`. */
export interface AreaPlace {
  name: string;
  path: string;
}

/** The address bar keeps where one is, so that a reload or a link leads back there. */
export interface Address {
  readonly chat: ReadonlySignal<string | null>;
  readonly view: ReadonlySignal<ViewName>;
  readonly filter: ReadonlySignal<Filter>;
  /** Null in the inbox. */
  readonly area: ReadonlySignal<AreaPlace | null>;
  open(chat: string | null): void;
  show(view: ViewName): void;
  /** Leave out of the list what this doesn't ask for. */
  narrow(filter: Filter): void;
  /** The address of a chat beside the list as it is. */
  to(chat: string | null): string;
  /** To another area, or to another place in it. */
  go(area: string, path?: string): void;
  close(): void;
}

export function createAddress(): Address {
  const chat = signal(chatIn(location.pathname));
  const view = signal(viewIn(location.search));
  const filter = signal(filterIn(location.search));
  const area = signal(areaIn(location.pathname));

  function moved(): void {
    batch(() => {
      chat.value = chatIn(location.pathname);
      view.value = viewIn(location.search);
      // The same filter is the same object: nothing is read again for it.
      if (`${queryOf(filter.peek())}` !== `${queryOf(filterIn(location.search))}`)
        filter.value = filterIn(location.search);
      area.value = areaIn(location.pathname);
    });
  }

  function push(to: string): void {
    history.pushState(null, "", to);
    moved();
  }

  const to = (id: string | null) => addressOf(id, view.value, filter.value);

  addEventListener("popstate", moved);
  return {
    chat,
    view,
    filter,
    area,
    open(id) {
      if (id !== chat.value || area.value !== null) push(to(id));
    },
    show(name) {
      history.replaceState(null, "", addressOf(chat.value, name, filter.value));
      moved();
    },
    narrow(next) {
      history.replaceState(null, "", addressOf(chat.value, view.value, next));
      moved();
    },
    to,
    go: (name, path = "") => push(areaAddress(name, path)),
    close: () => removeEventListener("popstate", moved),
  };
}

export function addressOf(chat: string | null, view: ViewName, filter: Filter = {}): string {
  const path = chat === null ? ROOT : `${ROOT}c/${chat}`;
  const query = new URLSearchParams(queryOf(filter));
  if (view !== "all") query.set("view", view);
  return query.size === 0 ? path : `${path}?${query}`;
}

export function areaAddress(name: string, path = ""): string {
  return path === "" ? ROOT + name : `${ROOT}${name}/${path}`;
}

export function chatIn(path: string): string | null {
  return CHAT.exec(path)?.[1] ?? null;
}

export function areaIn(path: string): AreaPlace | null {
  const found = AREA.exec(path);
  return found === null ? null : { name: found[1] ?? "", path: found[2] ?? "" };
}

export function viewIn(query: string): ViewName {
  const wanted = new URLSearchParams(query).get("view");
  return VIEWS.find((view) => view === wanted) ?? "all";
}
