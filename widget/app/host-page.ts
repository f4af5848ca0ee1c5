import { type ReadonlySignal, signal } from "@preact/signals";
import type { Identity, Prefill } from "../kell.d.ts";
import {
  type Hello,
  type Look,
  ours,
  type PageInfo,
  type ToFrame,
  type ToPage,
} from "../messages.ts";

/** The page around the frame. */
export interface HostPage {
  /** What it said of itself; null until then, and when there is none. */
  readonly hello: ReadonlySignal<Hello | null>;
  /** Settles with the hello, or at once if there is no page around us. */
  readonly met: Promise<Hello | null>;
  /** There is none: we are a page of our own. */
  readonly alone: boolean;
  /** The frame is open before the visitor's eyes. */
  readonly shown: ReadonlySignal<boolean>;
  readonly look: ReadonlySignal<Look | null>;
  /** Where the visitor is. */
  readonly info: ReadonlySignal<PageInfo | null>;
  /** Who the page says that the visitor is. */
  readonly identity: ReadonlySignal<Identity | null>;
  /** What the page has answered for the visitor. */
  readonly answers: ReadonlySignal<Prefill>;
  /** Another number each time that the page wants everything forgotten. */
  readonly forgotten: ReadonlySignal<number>;
  tell(message: ToPage): void;
}

/** Listens to the page that embeds us. Who may embed us is decided by `frame-ancestors`. */
export function meetHostPage(): HostPage {
  const framed = parent !== window;
  const hello = signal<Hello | null>(null);
  const shown = signal(!framed);
  const look = signal<Look | null>(null);
  const info = signal<PageInfo | null>(null);
  const identity = signal<Identity | null>(null);
  const answers = signal<Prefill>({});
  const forgotten = signal(0);
  // Known from its first message on; until then there is nobody to whom we may speak.
  let origin: string | null = null;
  let meet: (hello: Hello | null) => void = () => undefined;
  const met = new Promise<Hello | null>((resolve) => {
    meet = resolve;
  });

  function forget(): void {
    identity.value = null;
    answers.value = {};
    forgotten.value++;
  }

  function greeted(by: Hello): void {
    if (by.forget) forget();
    hello.value = by;
    shown.value = by.shown;
    look.value = by.look;
    info.value = by.page;
    identity.value = by.identity;
    answers.value = by.answers;
    meet(by);
  }

  function heard(message: ToFrame): void {
    if (message.kell === "hello") greeted(message);
    if (message.kell === "shown") shown.value = message.shown;
    if (message.kell === "look") look.value = message.look;
    if (message.kell === "page") info.value = message.page;
    if (message.kell === "identify") identity.value = message.identity;
    if (message.kell === "prefill") answers.value = { ...answers.value, ...message.answers };
    if (message.kell === "logout") forget();
  }

  if (framed)
    addEventListener("message", (event) => {
      const message = event.source === parent && ours<ToFrame>(event.data);
      if (!message || event.origin === "null") return;
      if (message.kell === "hello") origin = event.origin;
      if (event.origin === origin) heard(message);
    });
  else meet(null);

  return {
    hello,
    met,
    alone: !framed,
    shown,
    look,
    info,
    identity,
    answers,
    forgotten,
    tell: (message) => origin && parent.postMessage(message, origin),
  };
}
