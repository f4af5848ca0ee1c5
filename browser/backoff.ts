const CAP = 30_000;

/** Milliseconds until the next try, after so many failures before this one: doubling, full jitter. */
export function backoff(failures: number): number {
  return Math.random() * Math.min(CAP, 1000 * 2 ** failures);
}
