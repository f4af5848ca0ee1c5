import { locale } from "../../browser/i18n.ts";
import { clockTime } from "../../browser/ui/times.ts";

const DAY = 86_400_000;

/** In a list: 14:28 today, Wed this week, 14 May, 14 May 2024. */
export function listTime(at: string, now: number): string {
  const ago = daysAgo(at, now);
  if (ago <= 0) return clockTime(at);
  if (ago < 7) return format(at, { weekday: "short" });
  return format(at, { day: "numeric", month: "short", ...yearOf(at, now) });
}

/** In a sentence: 14:28 today, else 14 May, 14:28. */
export function sentenceTime(at: string, now: number): string {
  if (daysAgo(at, now) === 0) return clockTime(at);
  return `${format(at, { day: "numeric", month: "short", ...yearOf(at, now) })}, ${clockTime(at)}`;
}

/** Between messages: Wednesday 18 November, with the year when it is another one. */
export function dayName(at: string, now: number): string {
  return format(at, { weekday: "long", day: "numeric", month: "long", ...yearOf(at, now) });
}

/** Several languages write days small, unless they begin the line. */
export function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase(locale()) + text.slice(1);
}

export function isToday(at: string, now: number): boolean {
  return daysAgo(at, now) === 0;
}

/** Counted by the reader's calendar, not by 24 hours. */
function daysAgo(at: string, now: number): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(new Date(now)) - day(new Date(at))) / DAY);
}

function yearOf(at: string, now: number): Intl.DateTimeFormatOptions {
  const same = new Date(at).getFullYear() === new Date(now).getFullYear();
  return same ? {} : { year: "numeric" };
}

function format(at: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(new Date(at));
}
