import { type Refusal, refusal, refused } from "../../browser/refusal.ts";
import type { Store } from "../../browser/store.ts";

export interface Session {
  /** The kept token, or a new visitor's. */
  credentials(): Promise<{ token: string } | Refusal>;
  /** Throw the token away: the next one is a new visitor's. */
  forget(): void;
}

const TOKEN = "token";

/** Who this visitor is: a token and never a cookie, which a frame is often denied. */
export function createSession(site: string, store: Store): Session {
  return {
    async credentials() {
      const token = store.get(TOKEN);
      if (token) return { token };
      const answer = await ask(site);
      if (!refused(answer)) store.set(TOKEN, answer.token);
      return answer;
    },
    forget: () => store.set(TOKEN, null),
  };
}

async function ask(site: string): Promise<{ token: string } | Refusal> {
  try {
    const response = await fetch("/api/visitor/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ site }),
    });
    return await response.json();
  } catch {
    return refusal("offline");
  }
}
