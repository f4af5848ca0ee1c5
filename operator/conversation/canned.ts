import { type ReadonlySignal, signal } from "@preact/signals";
import type { Canned } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import type { Call } from "../shell/call.ts";

/** The replies that are ready to be put in: read when first wanted, and again each time. */
export interface CannedReplies {
  /** Null until they are known. */
  readonly all: ReadonlySignal<readonly Canned[] | null>;
  reload(): Promise<void>;
}

export function createCanned(call: Call): CannedReplies {
  const all = signal<readonly Canned[] | null>(null);
  return {
    all,
    async reload() {
      const answer = await call("canned.list", {});
      if (!refused(answer)) all.value = answer.replies;
    },
  };
}

/** The `/mak` before the caret: where it begins, and what was typed after the stroke. */
export function tokenAt(text: string, caret: number): { from: number; typed: string } | null {
  const found = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
  if (found === null) return null;
  const typed = found[1] ?? "";
  return { from: caret - typed.length - 1, typed };
}

const AT_MOST = 8;

/** Shortcuts that begin so, then those that have it inside, then texts. */
export function matches(replies: readonly Canned[], typed: string): Canned[] {
  const words = typed.toLocaleLowerCase();
  const rank = ({ shortcut, text }: Canned) => {
    const at = shortcut.toLocaleLowerCase().indexOf(words);
    if (at >= 0) return at === 0 ? 0 : 1;
    return text.toLocaleLowerCase().includes(words) ? 2 : 3;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .slice(0, AT_MOST)
    .map(({ reply }) => reply);
}

export interface Variables {
  "visitor.name": string;
  "visitor.email": string;
  "operator.name": string;
  "site.name": string;
}

/** `{visitor.name}` becomes the name; what nobody knows stays as it is, to be seen and mended. */
export function filled(text: string, variables: Variables): string {
  return text.replace(/\{([a-z.]+)\}/g, (whole, name: string) => {
    const value = name in variables ? variables[name as keyof Variables] : "";
    return value === "" ? whole : value;
  });
}
