/** What the list shows: ids in their order, by group. */
export interface Shown {
  waiting: readonly string[];
  answered: readonly string[];
}

/** While held, every row keeps its place: who left is a gap, who came is counted and shown later. */
export interface Held extends Shown {
  gaps: ReadonlySet<string>;
  newcomers: number;
}

export function settle(wanted: Shown): Held {
  return { ...wanted, gaps: new Set(), newcomers: 0 };
}

export function hold(shown: Shown, wanted: Shown): Held {
  const now = new Set([...wanted.waiting, ...wanted.answered]);
  const before = [...shown.waiting, ...shown.answered];
  const gaps = new Set(before.filter((id) => !now.has(id)));
  const newcomers = now.size - (before.length - gaps.size);
  return { waiting: shown.waiting, answered: shown.answered, gaps, newcomers };
}
