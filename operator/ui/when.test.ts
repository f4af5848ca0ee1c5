import { beforeEach, expect, test, vi } from "vitest";
import { loadLanguage } from "../../browser/i18n.ts";
import { capital, dayName, isToday, listTime, sentenceTime } from "./when.ts";

const local = (text: string) => new Date(text).toISOString();
const NOW = new Date("2026-11-19T14:30:00").getTime();

beforeEach(async () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]);
  await loadLanguage("en");
});

test("the list says the time today, the weekday this week, else the date", () => {
  expect(listTime(local("2026-11-19T14:28:00"), NOW)).toBe("14:28");
  expect(listTime(local("2026-11-18T23:59:00"), NOW)).toBe("Wed");
  expect(listTime(local("2026-05-14T10:00:00"), NOW)).toBe("14 May");
  expect(listTime(local("2024-05-14T10:00:00"), NOW)).toBe("14 May 2024");
});

test("a sentence needs the date unless it was today", () => {
  expect(sentenceTime(local("2026-11-19T10:05:00"), NOW)).toBe("10:05");
  expect(sentenceTime(local("2026-11-18T23:55:00"), NOW)).toBe("18 Nov, 23:55");
});

test("a day between messages is named in the operator's language", async () => {
  const day = local("2026-11-18T16:52:00");
  expect(dayName(day, NOW)).toBe("Wednesday 18 November");
  expect(isToday(day, NOW)).toBe(false);
  vi.spyOn(navigator, "languages", "get").mockReturnValue([]);
  await loadLanguage("ru");
  expect(capital(dayName(day, NOW))).toBe("Среда, 18 ноября");
});
