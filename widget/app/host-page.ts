import { type ReadonlySignal, signal } from "@preact/signals";
import { type Hello, ours, type PageInfo, type ToFrame, type ToPage } from "../messages.ts";

/** The page around the frame. */
export interface HostPage {
  /** What it said of itself; null until then, and when there is none. */
  readonly hello: ReadonlySignal<Hello | null>;
  /** There is none: we are a page of our own. */
  readonly alone: boolean;
  /** The frame is open before the visitor's eyes. */
  readonly shown: ReadonlySignal<boolean>;
  info(): PageInfo | null;
  tell(message: ToPage): void;
}

/** Listens to the page that embeds us. Who may embed us is decided by `frame-ancestors`. */
export function meetHostPage(): HostPage {
  const hello = signal<Hello | null>(null);
  const framed = parent !== window;
  const shown = signal(!framed);
  // Known from its first message on; until then there is nobody to whom we may speak.
  let origin: string | null = null;

  function heard(message: ToFrame): void {
    shown.value = message.shown;
    if (message.kell === "hello") hello.value = message;
  }

  if (framed)
    addEventListener("message", (event) => {
      const message = event.source === parent && ours<ToFrame>(event.data);
      if (!message || event.origin === "null") return;
      if (message.kell === "hello") origin = event.origin;
      if (event.origin === origin) heard(message);
    });

  return {
    hello,
    alone: !framed,
    shown,
    info: () => hello.peek()?.page ?? null,
    tell: (message) => origin && parent.postMessage(message, origin),
  };
}
