import { type ReadonlySignal, signal } from "@preact/signals";
import { type Refusal, refused } from "../../browser/refusal.ts";

export type LoadState<T> =
  | { is: "loading" }
  | { is: "failed"; code: string }
  | { is: "here"; value: T };

/** Something read from the server once, and again whenever it is looked at anew. */
export interface Loaded<T> {
  readonly state: ReadonlySignal<LoadState<T>>;
  /** Null until it is here. */
  readonly value: () => T | null;
  /** Reads it; what is here already stays until the answer comes. */
  read(): Promise<void>;
  put(value: T): void;
}

export function createLoaded<T extends object>(ask: () => Promise<T | Refusal>): Loaded<T> {
  const state = signal<LoadState<T>>({ is: "loading" });
  let asked = 0;
  return {
    state,
    value: () => (state.value.is === "here" ? state.value.value : null),
    async read() {
      const mine = ++asked;
      if (state.peek().is === "failed") state.value = { is: "loading" };
      const answer = await ask();
      // An answer that a newer question or a save has overtaken.
      if (mine !== asked) return;
      if (!refused(answer)) state.value = { is: "here", value: answer };
      else if (state.peek().is !== "here") state.value = { is: "failed", code: answer.error.code };
    },
    put(value) {
      asked++;
      state.value = { is: "here", value };
    },
  };
}
