export interface Listeners {
  /** Returns the undo. */
  on(name: string, fn: (...data: never[]) => void): () => void;
  tell(name: string, ...data: unknown[]): void;
}

/** Who wants to hear of what. */
export function createListeners(): Listeners {
  const all = new Map<string, Set<(...data: never[]) => void>>();
  return {
    on(name, fn) {
      const set = all.get(name) ?? new Set();
      all.set(name, set.add(fn));
      return () => set.delete(fn);
    },
    tell(name, ...data) {
      for (const fn of [...(all.get(name) ?? [])]) (fn as (...data: unknown[]) => void)(...data);
    },
  };
}
