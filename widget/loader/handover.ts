import type { Launcher } from "./launcher.ts";
import type { Site } from "./site.ts";

/** A call of `Kell(…)`: its arguments. */
export type Call = ArrayLike<unknown>;

/**
 * What the small script gives to the large one. They may be of different versions: a page can
 * stand open for days before anybody clicks. So this only ever grows.
 */
export interface Handover extends Launcher {
  site: Site;
  /** The name of the global function, and the function. */
  name: string;
  kell: unknown;
  /** The name under which the page's storage keeps what it has to know before the large script. */
  mark: string;
  /** Made before the large script came, oldest first. */
  calls: Call[];
  /** Take the greeting away, if there is one. */
  hush(): void;
}

/** Answers every call from now on. */
export type Answer = (...call: unknown[]) => void;
export type Take = (handover: Handover) => Answer;

/** What stands in the page's storage. */
export const MARK = {
  /** A chat is open, or a reply unread: have the chat at hand. */
  busy: "1",
  /** The visitor knows the launcher: no greeting. */
  known: "0",
} as const;
