import type { HoursInterval } from "../shapes.ts";

const DAY = 24 * 60;

/** `9`, `9.30`, `930`, `9:30 pm` as `09:00`, `09:30`, `09:30`, `21:30`; null when it is no time. */
export function asWallTime(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.,\s]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(typed.trim());
  if (found === null) return null;
  const half = found[3]?.toLowerCase();
  const minutes = Number(found[2] ?? 0);
  let hours = Number(found[1]);
  if (half !== undefined && (hours < 1 || hours > 12)) return null;
  if (half !== undefined) hours = (hours % 12) + (half === "p" ? 12 : 0);
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return `${two(hours)}:${two(minutes)}`;
}

/** Minutes after midnight; what closes no later than it opens closes a day later. */
export function span({ opens, closes }: HoursInterval): { from: number; to: number } {
  const [from, to] = [minutesOf(opens), minutesOf(closes)];
  return { from, to: to > from ? to : to + DAY };
}

/** The next interval that fits behind the last of a day: the afternoon after the morning. */
export function nextInterval(day: readonly HoursInterval[]): HoursInterval | null {
  const last = day.at(-1);
  if (last === undefined) return { opens: "09:00", closes: "17:00" };
  const { to } = span(last);
  if (to + 60 >= DAY) return null;
  const opens = to + 60;
  return { opens: wall(opens), closes: wall(Math.min(opens + 240, DAY)) };
}

/** Two intervals of one day lie over each other. */
export function overlap(day: readonly HoursInterval[]): boolean {
  const spans = day.map(span).sort((one, other) => one.from - other.from);
  return spans.some(({ from }, place) => place > 0 && from < (spans[place - 1]?.to ?? 0));
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function wall(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
