import { locale } from "../../browser/i18n.ts";

const MINUTE = 60_000;
const UNITS = [
  { unit: "day", ms: 24 * 60 * MINUTE },
  { unit: "hour", ms: 60 * MINUTE },
  { unit: "minute", ms: MINUTE },
] as const;

/** 3 min, 2 hr, 5 days: the largest unit that fills; null when it is less than a minute. */
export function duration(ms: number): string | null {
  const fits = UNITS.find((each) => ms >= each.ms);
  if (fits === undefined) return null;
  const { unit } = fits;
  const format = new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short" });
  // A figure and its unit stay on one line.
  return format.format(Math.floor(ms / fits.ms)).replace(/ /g, "\u00a0");
}
