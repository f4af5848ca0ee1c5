import { type ReadonlySignal, signal } from "@preact/signals";
import { VIEWS, type ViewName } from "../inbox/order.ts";

const ROOT = "/operator/";
const CHAT = /^\/operator\/c\/([0-9a-f]{32})\/?$/;

/** The address bar keeps the open chat and the view, so that a reload or a link leads back to them. */
export interface Address {
  readonly chat: ReadonlySignal<string | null>;
  readonly view: ReadonlySignal<ViewName>;
  open(chat: string | null): void;
  show(view: ViewName): void;
  close(): void;
}

export function createAddress(): Address {
  const chat = signal(chatIn(location.pathname));
  const view = signal(viewIn(location.search));

  function moved(): void {
    chat.value = chatIn(location.pathname);
    view.value = viewIn(location.search);
  }

  addEventListener("popstate", moved);
  return {
    chat,
    view,
    open(id) {
      if (id === chat.value) return;
      history.pushState(null, "", addressOf(id, view.value));
      chat.value = id;
    },
    show(name) {
      history.replaceState(null, "", addressOf(chat.value, name));
      view.value = name;
    },
    close: () => removeEventListener("popstate", moved),
  };
}

export function addressOf(chat: string | null, view: ViewName): string {
  const path = chat === null ? ROOT : `${ROOT}c/${chat}`;
  return view === "all" ? path : `${path}?view=${view}`;
}

export function chatIn(path: string): string | null {
  return CHAT.exec(path)?.[1] ?? null;
}

export function viewIn(query: string): ViewName {
  const wanted = new URLSearchParams(query).get("view");
  return VIEWS.find((view) => view === wanted) ?? "all";
}
