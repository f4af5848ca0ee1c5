import { locale } from "../i18n.ts";

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a millisecond, a thread needs it hundreds of times. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(key, made);
  return made;
}

/** 14:02 */
export function clockTime(at: string | number): string {
  return format({ hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** Thursday, 19 November 2026 at 14:02:17, for a title */
export function exactTime(at: string | number): string {
  return format({ dateStyle: "full", timeStyle: "medium" }).format(new Date(at));
}

/** Today, 19 November; the year only when it is another. */
export function dayLine(at: string | number, now: number): string {
  const day = new Date(at);
  const ago = daysBetween(day, new Date(now));
  const year =
    day.getFullYear() === new Date(now).getFullYear() ? {} : ({ year: "numeric" } as const);
  const date = format({ day: "numeric", month: "long", ...year }).format(day);
  if (ago !== 0 && ago !== 1) return date;
  const word = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(-ago, "day");
  return `${word.slice(0, 1).toLocaleUpperCase(locale())}${word.slice(1)}, ${date}`;
}

/** Equal for two times of one day, where the reader is. */
export function dayOf(at: string | number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`;
}

/** Counted at noon: a day with a change of the clock has 23 or 25 hours. */
function daysBetween(earlier: Date, later: Date): number {
  const noon = (day: Date) => new Date(day).setHours(12, 0, 0, 0);
  return Math.round((noon(later) - noon(earlier)) / DAY);
}
