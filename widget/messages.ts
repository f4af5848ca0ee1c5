/** What the host page and the frame say to each other, and nothing else. */

import type { Identity, Language, Message, Prefill } from "./kell.d.ts";

export interface PageInfo {
  url: string;
  title: string;
}

/** How the page wants the chat to look. */
export interface Look {
  color: string;
  scheme: "light" | "dark" | "auto";
  language: Language;
}

export interface Hello {
  kell: "hello";
  /** The site's. */
  name: string;
  shown: boolean;
  look: Look;
  page: PageInfo;
  identity: Identity | null;
  answers: Prefill;
  /** Forget who was here before. */
  forget: boolean;
  /** What `keep` gave to keep: the frame may have no storage of its own. */
  kept: string | null;
}

export type ToFrame =
  | Hello
  | { kell: "shown"; shown: boolean }
  | { kell: "look"; look: Look }
  | { kell: "page"; page: PageInfo }
  | { kell: "identify"; identity: Identity }
  | { kell: "prefill"; answers: Prefill }
  | { kell: "logout" };

export interface News {
  kell: "news";
  unread: number;
  /** The same in words, and the name of the launcher. */
  label: string;
  title: string;
  /** The newest of the unread. */
  newest: Message | null;
  /** The open chat. */
  chat: string | null;
}

export type ToPage =
  | { kell: "ready" }
  | { kell: "close" }
  | News
  | { kell: "message"; message: Message }
  | { kell: "identified"; verified: boolean }
  | { kell: "unidentified"; code: string }
  | { kell: "keep"; what: string | null };

/** Messages of others, and of other programs, are none of ours. */
export function ours<M extends ToFrame | ToPage>(data: unknown): M | null {
  return typeof data === "object" && data !== null && "kell" in data ? (data as M) : null;
}
