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
  const before = new Set([...shown.waiting, ...shown.answered]);
  const gaps = new Set([...before].filter((id) => !now.has(id)));
  // Rows below the last one move nothing: that is how the next page comes.
  const below = tail([...wanted.waiting, ...wanted.answered], before);
  const waits = new Set(wanted.waiting);
  const waiting = shown.answered.length === 0 ? below.filter((id) => waits.has(id)) : [];
  const answered = below.filter((id) => !waits.has(id));
  const newcomers = now.size - (before.size - gaps.size) - waiting.length - answered.length;
  return {
    waiting: waiting.length === 0 ? shown.waiting : [...shown.waiting, ...waiting],
    answered: answered.length === 0 ? shown.answered : [...shown.answered, ...answered],
    gaps,
    newcomers,
  };
}

/** What comes after the last row that was there before. */
function tail(wanted: readonly string[], before: ReadonlySet<string>): readonly string[] {
  let last = wanted.length;
  while (last > 0 && !before.has(wanted[last - 1] ?? "")) last -= 1;
  return wanted.slice(last);
}
