import type { Events, Listener } from "../kell.d.ts";

type Name = keyof Events;

/** The page's listeners. What one of them throws is its own affair. */
export function createEvents() {
  const all = new Map<Name, Map<unknown, Listener<Name>>>();
  return {
    on(name: Name, listener: Listener<Name>): void {
      const those = all.get(name) ?? new Map();
      all.set(name, those.set(listener, listener));
    },
    once(name: Name, listener: Listener<Name>): void {
      const those = all.get(name) ?? new Map();
      const first: Listener<Name> = (about) => {
        those.delete(listener);
        listener(about);
      };
      all.set(name, those.set(listener, first));
    },
    off(name: Name, listener?: Listener<Name>): void {
      if (listener) all.get(name)?.delete(listener);
      else all.delete(name);
    },
    tell<E extends Name>(name: E, about: Events[E]): void {
      for (const listener of [...(all.get(name)?.values() ?? [])])
        try {
          listener(about);
        } catch (error) {
          reportError(error);
        }
    },
  };
}
