/** Equal in value, for what JSON can say. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, i) => same(item, other[i]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(one[key], other[key]));
}

/** What `mine` changed since `base`, put over `theirs`; lists are taken whole. */
export function merged<T>(base: T, mine: T, theirs: T): T {
  if (same(base, mine)) return theirs;
  if (!isRecord(base) || !isRecord(mine) || !isRecord(theirs)) return mine;
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  const out: Record<string, unknown> = {};
  for (const key of keys) {
    const kept = merged<unknown>(base[key], mine[key], theirs[key]);
    if (kept !== undefined) out[key] = kept;
  }
  return out as T;
}

/** The parts of `next` that differ from `base`. */
export function differing<T extends object>(base: T, next: T): (keyof T)[] {
  return (Object.keys(next) as (keyof T)[]).filter((key) => !same(base[key], next[key]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
