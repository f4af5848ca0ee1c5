import type { PageInfo } from "../messages.ts";

/** Pages that set their title after their address are told of once. */
const CALM = 250;

const watchers = new Set<() => void>();
let undo: (() => void) | null = null;

export function here(): PageInfo {
  return { url: location.href, title: document.title };
}

/** Calls `moved` with each new address or title of the page, which may never load another. */
export function follow(moved: (page: PageInfo) => void): () => void {
  let last = JSON.stringify(here());
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      const now = JSON.stringify(here());
      if (now !== last) moved(here());
      last = now;
    }, CALM);
  }

  watchers.add(look);
  undo ??= listen();
  return () => {
    clearTimeout(timer);
    watchers.delete(look);
    if (watchers.size > 0) return;
    undo?.();
    undo = null;
  };
}

/** One set of ears for all widgets of a page. */
function listen(): () => void {
  const heard = () => {
    for (const look of watchers) look();
  };
  const titles = new MutationObserver(heard);
  titles.observe(document.head, { childList: true, subtree: true, characterData: true });
  addEventListener("popstate", heard);
  const undoes = [wrap("pushState", heard), wrap("replaceState", heard)];
  return () => {
    titles.disconnect();
    removeEventListener("popstate", heard);
    for (const undoOne of undoes) undoOne();
  };
}

/** Browsers have no event for a page that changes its own address. */
function wrap(name: "pushState" | "replaceState", heard: () => void): () => void {
  const before = Object.getOwnPropertyDescriptor(history, name);
  const original = history[name];
  function ours(this: History, ...args: Parameters<History["pushState"]>): void {
    original.apply(this, args);
    heard();
  }
  history[name] = ours;
  return () => {
    // Somebody has wrapped ours: it stays below, and tells nobody any more.
    if (history[name] !== ours) return;
    if (before) Object.defineProperty(history, name, before);
    else Reflect.deleteProperty(history, name);
  };
}
