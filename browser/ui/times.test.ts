import { beforeEach, expect, test, vi } from "vitest";
import { type Language, loadLanguage } from "../i18n.ts";
import { clockTime, dayLine, dayOf } from "./times.ts";

const at = new Date(2026, 10, 19, 14, 2).getTime();
const later = (days: number) => new Date(2026, 10, 19 + days, 0, 5).getTime();

beforeEach(() => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]);
});

test.each<[Language, string, string, string]>([
  ["en", "Today, 19 November", "Yesterday, 19 November", "19 November"],
  ["et", "Täna, 19. november", "Eile, 19. november", "19. november"],
  ["ru", "Сегодня, 19 ноября", "Вчера, 19 ноября", "19 ноября"],
  ["uk", "Сьогодні, 19 листопада", "Учора, 19 листопада", "19 листопада"],
])("the line of a day in %s", async (language, today, yesterday, before) => {
  await loadLanguage(language);
  expect(dayLine(at, at)).toBe(today);
  expect(dayLine(at, later(1))).toBe(yesterday);
  expect(dayLine(at, later(2))).toBe(before);
  expect(dayLine(at, later(365))).toContain("2026");
  expect(clockTime(at)).toBe("14:02");
});

test("days are the reader's own", () => {
  expect(dayOf(at)).toBe(dayOf(new Date(2026, 10, 19, 0, 0).getTime()));
  expect(dayOf(at)).not.toBe(dayOf(later(1)));
});
