import { locale, t } from "../../../browser/i18n.ts";
import { same } from "../form/merge.ts";
import { listed } from "../languages.ts";
import type { HoursInterval, HoursSettings } from "../shapes.ts";

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

export function weekday(place: number, style: "long" | "short" = "long"): string {
  return new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: "UTC" }).format(
    MONDAY + place * DAY,
  );
}

/** Days that follow each other and are alike: Monday to Friday 9:00–17:00. */
export function runs(
  week: HoursSettings["week"],
): { from: number; to: number; day: HoursInterval[] }[] {
  const found: { from: number; to: number; day: HoursInterval[] }[] = [];
  week.forEach((day, place) => {
    const last = found.at(-1);
    if (last !== undefined && same(last.day, day)) last.to = place;
    else found.push({ from: place, to: place, day });
  });
  return found.filter(({ day }) => day.length > 0);
}

/** A time of the wall clock, as the language writes it. */
export function clock(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const at = MONDAY + (hours * 60 + minutes) * 60_000;
  if (hours === 24) return "24:00";
  return new Intl.DateTimeFormat(locale(), {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "UTC",
  }).format(at);
}

/** The week in words: Mon–Fri 9:00–17:00 and Sat 10:00–14:00. */
export function weekInWords(hours: HoursSettings): string {
  if (hours.always) return t("panel.settings.hours.lead_always");
  const said = hoursOf(hours.week);
  if (said === "") return t("panel.settings.hours.lead_never");
  return t("panel.settings.hours.lead", { hours: said });
}

/** Mon–Fri 9:00–17:00 and Sat 10:00–14:00; nothing of a week without hours. */
export function hoursOf(week: HoursSettings["week"]): string {
  const parts = runs(week).map(({ from, to, day }) => {
    const days =
      from === to ? weekday(from, "short") : `${weekday(from, "short")}–${weekday(to, "short")}`;
    return `${days} ${day.map(({ opens, closes }) => `${clock(opens)}–${clock(closes)}`).join(", ")}`;
  });
  return listed(parts);
}
