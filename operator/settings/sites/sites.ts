import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { OperatorCommands } from "../../../browser/protocol.ts";
import { type Refusal, refused } from "../../../browser/refusal.ts";
import type { Call } from "../../shell/call.ts";
import { createEditor, type Editor, type Outcome } from "../form/editor.ts";
import { createLoaded, type Loaded } from "../loaded.ts";
import type { AdminSite, SiteChoices, SiteList, SiteSettings } from "../shapes.ts";

/** One site: what the server says of it, and what is being changed about it. */
export interface OneSite {
  readonly loaded: Loaded<AdminSite>;
  /** Null until the site is here. */
  readonly editor: ReadonlySignal<Editor<SiteSettings> | null>;
  read(): Promise<void>;
}

export interface Sites {
  readonly list: Loaded<SiteList>;
  readonly choices: Loaded<SiteChoices>;
  one(id: string): OneSite;
  /** Forgets what was typed about it: it is gone. */
  forget(id: string): void;
  /** The sites with changes that are not saved. */
  readonly unsaved: ReadonlySignal<ReadonlySet<string>>;
}

export function createSites(call: Call): Sites {
  const ones = signal<ReadonlyMap<string, OneSite>>(new Map());
  const list = createLoaded(() => call("site.list", {}));

  function one(id: string): OneSite {
    const known = ones.peek().get(id);
    if (known !== undefined) return known;
    const made = createOne(id, call, () => void list.read());
    ones.value = new Map(ones.peek()).set(id, made);
    return made;
  }

  return {
    list,
    choices: createLoaded(() => call("site.choices", {})),
    one,
    forget(id) {
      const rest = new Map(ones.peek());
      rest.delete(id);
      ones.value = rest;
    },
    unsaved: computed(() => {
      const changed = [...ones.value].filter(
        ([, { editor }]) => (editor.value?.changed.value.length ?? 0) > 0,
      );
      return new Set(changed.map(([id]) => id));
    }),
  };
}

function createOne(id: string, call: Call, changed: () => void): OneSite {
  const loaded = createLoaded(async () => whole(await call("site.get", { site: id })));
  const editor = signal<Editor<SiteSettings> | null>(null);

  async function send(changes: Partial<SiteSettings>): Promise<Outcome<SiteSettings>> {
    const { phone_country, ...rest } = changes;
    // Empty says "none any more"; absent would say "as it was".
    const country = phone_country === undefined ? {} : { phone_country: phone_country ?? "" };
    const answer = whole(
      await call("site.save", {
        site: id,
        revision: loaded.value()?.revision ?? 0,
        changes: { ...rest, ...country },
      }),
    );
    if (!refused(answer)) {
      loaded.put(answer);
      changed();
      return { saved: answer.settings };
    }
    if (answer.error.code !== "conflict") {
      const field = answer.error.field?.replace(/^changes\./, "") ?? null;
      return { problem: { code: answer.error.code, field } };
    }
    await loaded.read();
    const now = loaded.value();
    return now === null
      ? { problem: { code: "retry_later", field: null } }
      : { theirs: now.settings };
  }

  return {
    loaded,
    editor,
    async read() {
      await loaded.read();
      const now = loaded.value();
      if (now === null) return;
      if (editor.peek() === null) editor.value = createEditor({ saved: now.settings, send });
      else editor.peek()?.refresh(now.settings);
    },
  };
}

function whole(answer: OperatorCommands["site.get"]["output"] | Refusal): AdminSite | Refusal {
  return answer as AdminSite | Refusal;
}
