import { type Key, language, locale, t } from "../../browser/i18n.ts";
import type { SiteOnline } from "../../browser/protocol.ts";
import { clockTime } from "../../browser/ui/times.ts";

const DAY = 86_400_000;
const DAYS: readonly Key[] = [
  ...(["widget.on_sunday", "widget.on_monday", "widget.on_tuesday"] as const),
  ...(["widget.on_wednesday", "widget.on_thursday", "widget.on_friday"] as const),
  "widget.on_saturday",
];

/** "We answer on Monday at 9:00": the visitor's own day and hour, in their language. */
export function nextAnswer(at: string, now: number): string {
  const time = clockTime(at);
  const said = t("widget.answers_at", { day: dayIn(new Date(at), new Date(now)), time });
  // The one hour before which Ukrainian speaks its preposition otherwise.
  return said.replace(/ о (?=11\D)/, " об ");
}

function dayIn(day: Date, now: Date): string {
  const ahead = Math.round((noon(day) - noon(now)) / DAY);
  if (ahead < 2)
    return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(ahead, "day");
  if (ahead < 7) return t(DAYS[day.getDay()] ?? "widget.on_sunday");
  // Estonian would need the month in a case that no browser knows.
  const month = language() === "et" ? "numeric" : "long";
  const date = new Intl.DateTimeFormat(locale(), { day: "numeric", month }).format(day);
  return t("widget.on_date", { date });
}

function noon(day: Date): number {
  return new Date(day).setHours(12, 0, 0, 0);
}

/** One line for below a name. */
export function stateLine(
  { state, next_open, reply_minutes: count }: SiteOnline,
  now: number,
): string {
  if (state === "closed") return next_open ? nextAnswer(next_open, now) : t("widget.closed_now");
  if (state === "away") return t("widget.away");
  return count ? t("widget.usually", { count }) : t("widget.here");
}

/** Liisa, Marten and Darja */
export function namesOf({ people, more }: SiteOnline): string {
  const [only] = people;
  if (people.length === 1 && only && !more) return only.name;
  const names = people.slice(0, 3).map(({ name }) => name.split(/\s/)[0] ?? name);
  return new Intl.ListFormat(locale()).format(names);
}
