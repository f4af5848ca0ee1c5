import { type Signal, signal } from "@preact/signals";
import type { VisitorSession } from "../../browser/protocol.ts";
import { type Refusal, refusal, refused } from "../../browser/refusal.ts";
import type { Store } from "../../browser/store.ts";
import type { HostPage } from "./host-page.ts";

export interface Session {
  /** The kept token, or a new visitor's. */
  credentials(): Promise<{ token: string } | Refusal>;
  /** Throw the token away: the next one is a new visitor's. */
  forget(): void;
  /** The conversation to which a mail's link led, at no revision yet. */
  linked(): { id: string; rev: number } | null;
  /** Be whom this token belongs to. */
  become(token: string): void;
  /** The link in a mail opened nothing, and that is still to be said: it is too old, or not whole. */
  readonly staleLink: Signal<boolean>;
}

const TOKEN = "token";
/** What the server says of words that open nothing. */
const STALE = ["unauthenticated", "invalid"];

/**
 * Who this visitor is: a token and never a cookie, which a frame is often denied. A link in a mail
 * (`#resume=…`) makes this browser the visitor whom the mail was sent to.
 */
export function createSession(site: string, store: Store, page: HostPage): Session {
  const staleLink = signal(false);
  let asked = false;
  let linked: string | null = null;
  let asking: ReturnType<Session["credentials"]> | null = null;

  /** A frame that may not store anything has the page around it do so, as long as its tab lives. */
  async function kept(): Promise<string | null> {
    const token = store.get(TOKEN);
    if (token || store.lasting || asked) return token;
    asked = true;
    return (await page.met)?.kept ?? null;
  }

  function keep(token: string | null): void {
    store.set(TOKEN, token);
    if (!store.lasting) page.tell({ kell: "keep", what: token });
  }

  async function ask(): Promise<{ token: string } | Refusal> {
    const resume = wordsOfLink();
    const token = await kept();
    if (token && !resume) {
      store.set(TOKEN, token);
      return { token };
    }
    const answer = await open(resume ? { site, resume } : { site });
    if (refused(answer)) {
      if (!resume || !STALE.includes(answer.error.code)) return answer;
      staleLink.value = true;
    } else {
      keep(answer.token);
      linked = answer.conversation ?? null;
    }
    // Kept until it was used: a reload without a network loses nothing.
    if (resume) history.replaceState(null, "", location.pathname + location.search);
    return refused(answer) ? ask() : answer;
  }

  return {
    // The socket and plain HTTP may both ask, and it must be the same visitor.
    credentials() {
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    forget: () => keep(null),
    become: keep,
    linked: () => (linked ? { id: linked, rev: -1 } : null),
    staleLink,
  };
}

export function wordsOfLink(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get("resume");
}

async function open(given: { site: string; resume?: string }): Promise<VisitorSession | Refusal> {
  try {
    const response = await fetch("/api/visitor/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
    return await response.json();
  } catch {
    return refusal("offline");
  }
}
