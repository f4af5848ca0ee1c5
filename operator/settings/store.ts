import { useEffect } from "preact/hooks";
import type { Call } from "../shell/call.ts";
import { usePanel } from "../shell/context.ts";
import type { Panel } from "../shell/panel.ts";
import { createReplies, type Replies } from "./canned/replies.ts";
import { patient } from "./patient.ts";
import { createPeople, type People } from "./people/people.ts";
import { createSites, type Sites } from "./sites/sites.ts";

/** What these pages know, and what is typed in them: kept while one looks elsewhere in the panel. */
export interface Store {
  /** As the panel's, but a page that is opened first waits for the connection. */
  readonly call: Call;
  readonly sites: Sites;
  readonly people: People;
  readonly replies: Replies;
}

// One for each login: whoever signs in next finds nothing of it.
const stores = new WeakMap<Panel, Store>();

export function useStore(): Store {
  const panel = usePanel();
  const known = stores.get(panel);
  if (known !== undefined) return known;
  const call = patient(panel);
  const made = {
    call,
    sites: createSites(call),
    people: createPeople(call),
    replies: createReplies(call),
  };
  stores.set(panel, made);
  return made;
}

/** Asked only by closing the tab: within the panel nothing typed is lost. */
export function useUnsavedGuard(): void {
  const { sites, people, replies } = useStore();
  useEffect(() => {
    function leaving(event: BeforeUnloadEvent): void {
      const unsaved = [sites.unsaved, people.unsaved, replies.unsaved];
      if (unsaved.some(({ value }) => value.size > 0)) event.preventDefault();
    }
    addEventListener("beforeunload", leaving);
    return () => removeEventListener("beforeunload", leaving);
  }, [sites, people, replies]);
}
