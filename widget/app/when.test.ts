import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Language, loadLanguage } from "../../browser/i18n.ts";
import { online } from "./testing.ts";
import { namesOf, nextAnswer, stateLine } from "./when.ts";

/** Friday, 18:00 where the reader is. */
const FRIDAY = new Date(2026, 10, 20, 18, 0).getTime();
const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 0).toISOString();

beforeEach(() => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]);
});

describe.each<[Language, string, string, string, string]>([
  [
    "en",
    ...(["We answer on Monday at 9:00", "We answer tomorrow at 11:00"] as const),
    ...(["We answer today at 20:00", "We answer on 30 November at 9:00"] as const),
  ],
  [
    "et",
    ...(["Vastame esmaspäeval kell 9:00", "Vastame homme kell 11:00"] as const),
    ...(["Vastame täna kell 20:00", "Vastame 30.11 kell 9:00"] as const),
  ],
  [
    "ru",
    ...(["Ответим в понедельник в 9:00", "Ответим завтра в 11:00"] as const),
    ...(["Ответим сегодня в 20:00", "Ответим 30 ноября в 9:00"] as const),
  ],
  [
    "uk",
    ...(["Відповімо в понеділок о 9:00", "Відповімо завтра об 11:00"] as const),
    ...(["Відповімо сьогодні о 20:00", "Відповімо 30 листопада о 9:00"] as const),
  ],
])("in %s", (language, monday, tomorrow, today, later) => {
  beforeEach(() => loadLanguage(language));

  test("the next answer is said as a person would", () => {
    expect(nextAnswer(at(23, 9), FRIDAY)).toBe(monday);
    expect(nextAnswer(at(21, 11), FRIDAY)).toBe(tomorrow);
    expect(nextAnswer(at(20, 20), FRIDAY)).toBe(today);
    expect(nextAnswer(at(30, 9), FRIDAY)).toBe(later);
  });
});

test("a promise is made only of what is known", async () => {
  await loadLanguage("en");
  expect(stateLine(online({ reply_minutes: 2 }), FRIDAY)).toBe("Usually answers within 2 minutes");
  expect(stateLine(online(), FRIDAY)).toBe("We are here");
  expect(stateLine(online({ state: "closed" }), FRIDAY)).toBe("Closed now");
});

test("three are named, one in full", async () => {
  await loadLanguage("et");
  const people = ["Liisa Tamm", "Marten Kask", "Darja Ivanova", "Jaan Tamm"].map((name) => ({
    name,
    photo: null,
  }));
  expect(namesOf(online({ people: people.slice(0, 3) }))).toBe("Liisa, Marten ja Darja");
  expect(namesOf(online({ people: people.slice(0, 1) }))).toBe("Liisa Tamm");
});
