/** One turn of the dial: within this time, in ms, a first answer should come. */
export const TARGET = 120_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Waited =
  | { unit: "minutes"; text: string }
  | { unit: "hours"; hours: number; minutes: string }
  | { unit: "days"; days: number };

/** 0:21, 26:14, then 2 h 05, then 3 d. */
export function waited(ms: number): Waited {
  const time = Math.max(0, ms);
  if (time >= DAY) return { unit: "days", days: Math.floor(time / DAY) };
  const seconds = two(Math.floor(time / 1000) % 60);
  const minutes = Math.floor(time / MINUTE);
  if (time < HOUR) return { unit: "minutes", text: `${minutes}:${seconds}` };
  return { unit: "hours", hours: Math.floor(time / HOUR), minutes: two(minutes % 60) };
}

export function isLate(ms: number): boolean {
  return ms > TARGET;
}

/** How much of the dial is used up, 0 to 100. */
export function share(ms: number): number {
  return Math.min(100, Math.max(0, Math.round((ms / TARGET) * 100)));
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
