const CAP = 30_000;

/** A random part of this many milliseconds, and of no more than 30 s: full jitter. */
export function spread(most: number): number {
  return Math.random() * Math.min(CAP, most);
}

/** Milliseconds until the next try, after so many failures before this one: doubling. */
export function backoff(failures: number): number {
  return spread(1000 * 2 ** failures);
}
