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

/** Since when somebody waits, and from when on that is too long. */
export interface Wait {
  waiting_since: string | null;
  late_at: string | null;
}

export function isLate({ late_at }: Wait, now: number): boolean {
  return late_at !== null && now >= Date.parse(late_at);
}

/** How much of the dial is used up, 0 to 100: one turn is the time within which an answer should come. */
export function share({ waiting_since, late_at }: Wait, now: number): number {
  if (waiting_since === null || late_at === null) return 0;
  const since = Date.parse(waiting_since);
  const used = (now - since) / (Date.parse(late_at) - since);
  return Math.min(100, Math.max(0, Math.round(used * 100)));
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
