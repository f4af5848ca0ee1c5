import { type ReadonlySignal, signal } from "@preact/signals";
import type { Me } from "../../browser/protocol.ts";
import { type Refusal, refused } from "../../browser/refusal.ts";
import { ask } from "./api.ts";

export type SessionState =
  | { is: "asking" }
  | { is: "in"; me: Me }
  | { is: "out"; ended: boolean }
  | { is: "unknown"; code: string };

export interface Session {
  readonly state: ReadonlySignal<SessionState>;
  /** Find out whether this browser is signed in. */
  begin(): Promise<void>;
  /** Null when it went well. */
  signIn(email: string, password: string): Promise<Refusal | null>;
  /** By another door than the login: a link from a mail, a new password. Null when it went well. */
  enter(path: string, given: object): Promise<Refusal | null>;
  /** The server says so of ourselves. */
  became(me: Me): void;
  /** Null when it went well. */
  signOut(): Promise<Refusal | null>;
  /** The server knows this session no more. */
  ended(): void;
}

export function createSession(): Session {
  const state = signal<SessionState>({ is: "asking" });

  return {
    state,
    async begin() {
      state.value = { is: "asking" };
      const answer = await ask<{ operator: Me | null }>("GET", "/api/operator/me");
      if (refused(answer)) state.value = { is: "unknown", code: answer.error.code };
      else if (answer.operator === null) state.value = { is: "out", ended: false };
      else state.value = { is: "in", me: answer.operator };
    },
    async signIn(email, password) {
      const answer = await ask<{ operator: Me }>("POST", "/api/operator/login", {
        email,
        password,
      });
      if (refused(answer)) return answer;
      state.value = { is: "in", me: answer.operator };
      return null;
    },
    async enter(path, given) {
      const answer = await ask<{ operator: Me }>("POST", path, given);
      if (refused(answer)) return answer;
      state.value = { is: "in", me: answer.operator };
      return null;
    },
    became(me) {
      state.value = { is: "in", me };
    },
    async signOut() {
      const answer = await ask("POST", "/api/operator/logout");
      // Already signed out elsewhere is signed out too.
      if (refused(answer) && answer.error.code !== "unauthenticated") return answer;
      state.value = { is: "out", ended: false };
      return null;
    },
    ended() {
      if (state.value.is === "in") state.value = { is: "out", ended: true };
    },
  };
}
