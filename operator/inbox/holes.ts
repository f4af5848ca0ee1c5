/** A frame may overtake another that long; then the missing one counts as lost. */
const PATIENCE = 1000;

export interface Holes {
  /** Where each team's count stood at the moment of connecting. */
  begin(teams: readonly { id: string; n: number }[]): void;
  /** A frame of a team came with its running number. */
  seen(team: string, n: number): void;
  /** The server says how far it has counted. */
  stands(team: string, n: number): void;
  stop(): void;
}

interface Count {
  /** Every number up to this one has come. */
  whole: number;
  early: Set<number>;
  highest: number;
}

/** Frames to a team are numbered; a number that stays away means that a list has missed something. */
export function createHoles(lost: () => void): Holes {
  const counts = new Map<string, Count>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function check(): void {
    timer = undefined;
    let missing = false;
    for (const count of counts.values()) {
      if (count.highest <= count.whole) continue;
      missing = true;
      count.whole = count.highest;
      count.early.clear();
    }
    if (missing) lost();
  }

  function patient(count: Count): void {
    if (count.highest > count.whole) timer ??= setTimeout(check, PATIENCE);
  }

  return {
    begin(teams) {
      clearTimeout(timer);
      timer = undefined;
      counts.clear();
      for (const { id, n } of teams) counts.set(id, { whole: n, early: new Set(), highest: n });
    },
    seen(team, n) {
      const count = counts.get(team);
      if (count === undefined || n <= count.whole) return;
      count.highest = Math.max(count.highest, n);
      count.early.add(n);
      while (count.early.delete(count.whole + 1)) count.whole += 1;
      patient(count);
    },
    stands(team, n) {
      const count = counts.get(team);
      if (count === undefined) return;
      count.highest = Math.max(count.highest, n);
      patient(count);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
