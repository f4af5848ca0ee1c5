import { locale } from "../../browser/i18n.ts";

/** What o'clock it is where the visitor is; the zone is what their browser said, so it may be wrong. */
export function localTime(now: number, zone: string): string {
  try {
    return new Intl.DateTimeFormat(locale(), {
      hour: "numeric",
      minute: "2-digit",
      timeZone: zone,
    }).format(now);
  } catch {
    return zone;
  }
}
