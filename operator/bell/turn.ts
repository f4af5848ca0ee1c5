import type { Store } from "../../browser/store.ts";

/** At most one melody in so many ms, whatever the number of tabs. */
const PAUSE = 3000;
/** A tab in the background lets the one in front speak first. */
const COURTESY = 120;
const REMEMBERED = 20;
const NAME = "bell";

interface Rung {
  at: number;
  ids: string[];
}

/** Of several tabs one rings: who writes first that it does. */
export interface Turn {
  /** True when it is for this tab to ring for this message. */
  take(id: string): Promise<boolean>;
  /** Somebody looks at this message already: nobody needs to ring for it. */
  seen(id: string): void;
}

/** `store` reads what other tabs have written meanwhile. */
export function createTurn(store: Pick<Store, "get" | "set">): Turn {
  function last(): Rung {
    try {
      const rung = JSON.parse(store.get(NAME) ?? "") as Rung;
      if (Array.isArray(rung.ids) && typeof rung.at === "number") return rung;
    } catch {
      // Nobody has rung yet, or another version of this program has.
    }
    return { at: 0, ids: [] };
  }

  function keep(id: string, at: number): void {
    const ids = [...last().ids, id].slice(-REMEMBERED);
    store.set(NAME, JSON.stringify({ at, ids }));
  }

  function claim(id: string): boolean {
    const { at, ids } = last();
    if (ids.includes(id) || Math.abs(Date.now() - at) < PAUSE) return false;
    keep(id, Date.now());
    return true;
  }

  return {
    async take(id) {
      if (document.hidden) await rest(COURTESY);
      // Without locks (on plain http) chance keeps two tabs apart.
      const locks: LockManager | null | undefined = navigator.locks;
      if (!locks) {
        await rest(Math.random() * COURTESY);
        return claim(id);
      }
      return locks.request("kell.bell", () => claim(id));
    },
    seen: (id) => keep(id, last().at),
  };
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
