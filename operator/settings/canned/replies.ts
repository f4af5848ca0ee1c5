import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { refused } from "../../../browser/refusal.ts";
import type { Call } from "../../shell/call.ts";
import { createEditor, type Editor, type Outcome } from "../form/editor.ts";
import { createLoaded, type Loaded } from "../loaded.ts";
import type { Canned } from "../shapes.ts";

export interface ReplyDraft {
  scope: Canned["scope"];
  team: string | null;
  shortcut: string;
  text: string;
}

export interface Replies {
  readonly list: Loaded<{ replies: Canned[] }>;
  /** For the one with this id; `new` for one that is being written. */
  editor(id: string, begun: ReplyDraft, created: (id: string) => void): Editor<ReplyDraft>;
  /** Taken away at once; `bringBack` writes it again. */
  remove(reply: Canned): Promise<string | null>;
  readonly removed: ReadonlySignal<Canned | null>;
  bringBack(): Promise<string | null>;
  readonly unsaved: ReadonlySignal<ReadonlySet<string>>;
}

export function createReplies(call: Call): Replies {
  const list = createLoaded(() => call("canned.list", {}));
  const editors = signal<ReadonlyMap<string, Editor<ReplyDraft>>>(new Map());
  const removed = signal<Canned | null>(null);

  function forget(id: string): void {
    const rest = new Map(editors.peek());
    rest.delete(id);
    editors.value = rest;
  }

  async function send(
    id: string,
    draft: ReplyDraft,
    created: (id: string) => void,
  ): Promise<Outcome<ReplyDraft>> {
    const given = { ...draft, shortcut: draft.shortcut.trim(), text: draft.text.trim() };
    const empty = given.text === "" ? "text" : given.shortcut === "" ? "shortcut" : null;
    if (empty !== null) return { problem: { code: "missing", field: empty } };
    const answer = await call("canned.save", { ...given, ...(id === "new" ? {} : { id }) });
    if (refused(answer)) {
      const field = answer.error.code === "shortcut_taken" ? "shortcut" : answer.error.field;
      return { problem: { code: answer.error.code, field: field ?? null } };
    }
    await list.read();
    if (id === "new") {
      forget(id);
      created(answer.reply.id);
    }
    return { saved: draftOf(answer.reply) };
  }

  return {
    list,
    removed,
    editor(id, begun, created) {
      const known = editors.peek().get(id);
      if (known !== undefined) return known;
      const made: Editor<ReplyDraft> = createEditor({
        saved: begun,
        send: () => send(id, made.draft.peek(), created),
      });
      editors.value = new Map(editors.peek()).set(id, made);
      return made;
    },
    async remove(reply) {
      const answer = await call("canned.remove", { id: reply.id });
      if (refused(answer)) return answer.error.code;
      removed.value = reply;
      forget(reply.id);
      await list.read();
      return null;
    },
    async bringBack() {
      const reply = removed.peek();
      if (reply === null) return null;
      const { scope, team, shortcut, text } = reply;
      const answer = await call("canned.save", { scope, team, shortcut, text });
      if (refused(answer)) return answer.error.code;
      removed.value = null;
      await list.read();
      return null;
    },
    unsaved: computed(() => {
      const changed = [...editors.value].filter(([, { changed }]) => changed.value.length > 0);
      return new Set(changed.map(([id]) => id));
    }),
  };
}

export function draftOf({ scope, team, shortcut, text }: Canned): ReplyDraft {
  return { scope, team, shortcut, text };
}

/** Those in which the words occur, in shortcut or text; all without words. */
export function found(replies: readonly Canned[], words: string): Canned[] {
  const wanted = words.trim().toLocaleLowerCase().replace(/^\//, "");
  return replies.filter(({ shortcut, text }) =>
    `${shortcut}\n${text}`.toLocaleLowerCase().includes(wanted),
  );
}
