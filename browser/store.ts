/** Text by name; lives as long as the browser allows. */
export interface Store {
  /** What it keeps outlives the page. */
  readonly lasting: boolean;
  get(name: string): string | null;
  set(name: string, value: string | null): void;
  /** Names with this beginning. */
  names(prefix: string): string[];
}

/** localStorage where it is allowed (a framed page may be denied it), and memory in front of it. */
export function createStore(prefix: string): Store {
  const memory = new Map<string, string>();
  let disk: Storage | null = null;
  try {
    disk = localStorage;
    for (const key of Object.keys(disk)) {
      const value = key.startsWith(prefix) && disk.getItem(key);
      if (typeof value === "string") memory.set(key.slice(prefix.length), value);
    }
  } catch {
    disk = null;
  }
  return {
    lasting: disk !== null,
    get: (name) => memory.get(name) ?? null,
    set(name, value) {
      try {
        if (value === null) disk?.removeItem(prefix + name);
        else disk?.setItem(prefix + name, value);
      } catch {
        // Full, or forbidden by now: memory still has it.
      }
      if (value === null) memory.delete(name);
      else memory.set(name, value);
    },
    names: (beginning) => [...memory.keys()].filter((name) => name.startsWith(beginning)),
  };
}
