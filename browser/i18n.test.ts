import { describe, expect, test, vi } from "vitest";
import en from "../locales/en.json";
import et from "../locales/et.json";
import ru from "../locales/ru.json";
import uk from "../locales/uk.json";
import { chooseLanguage, type Key, LANGUAGES, language, loadLanguage, locale, t } from "./i18n.ts";

const catalogues: Record<string, Record<string, string>> = { en, et, ru, uk };
const PLURAL = /_(zero|one|two|few|many|other)$/;

const stems = (catalogue: Record<string, string>) =>
  new Set(Object.keys(catalogue).map((key) => key.replace(PLURAL, "")));
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

describe.each(LANGUAGES)("the catalogue %s", (name) => {
  const catalogue = catalogues[name] ?? {};

  test("has the keys of the others, and no empty text", () => {
    expect([...stems(catalogue)].sort()).toEqual([...stems(en)].sort());
    expect(Object.values(catalogue).filter((text) => text.trim() === "")).toEqual([]);
  });

  test("is sorted, so that two people can add to it", () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(catalogue).sort());
  });

  test("has every plural form of its language, and no other", () => {
    const wanted = new Intl.PluralRules(name).resolvedOptions().pluralCategories.sort();
    const counted = Object.keys(catalogue).filter((key) => PLURAL.test(key));
    for (const stem of new Set(counted.map((key) => key.replace(PLURAL, "")))) {
      const forms = counted.filter((key) => key.replace(PLURAL, "") === stem);
      expect(forms.map((key) => key.slice(stem.length + 1)).sort(), stem).toEqual(wanted);
    }
  });

  test("has the placeholders of the English text", () => {
    const english: Record<string, string> = en;
    for (const [key, text] of Object.entries(catalogue)) {
      const original = english[key] ?? english[key.replace(PLURAL, "_other")] ?? "";
      expect(placeholders(text), key).toEqual(placeholders(original));
    }
  });
});

describe("t", () => {
  test("chooses the plural form and fills in", async () => {
    await loadLanguage("ru");
    const news = [1, 3, 5, 21].map((count) => t("widget.new", { count }));
    expect(news).toEqual([
      "1 новое сообщение",
      "3 новых сообщения",
      "5 новых сообщений",
      "21 новое сообщение",
    ]);
  });

  test("takes what a person is called literally", async () => {
    await loadLanguage("en");
    expect(t("common.typing", { name: "$& {{name}}" })).toBe("$& {{name}} is typing");
  });

  test("shows the key of a text that is missing", () => {
    expect(t("no.such" as Key)).toBe("no.such");
  });
});

describe("the language", () => {
  test("is the first wanted one that we speak", () => {
    expect(chooseLanguage([null, "fr-CA", "RU-ee", "en"])).toBe("ru");
    expect(chooseLanguage(["fr", "de"])).toBe("en");
    expect(chooseLanguage(["fr"], "et")).toBe("et");
  });

  test("stands on the page, and takes the browser's own variant for dates", async () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["et-EE", "en-GB", "en"]);
    await loadLanguage("en");
    expect(document.documentElement.lang).toBe("en");
    expect(language()).toBe("en");
    expect(locale()).toBe("en-GB");
    await loadLanguage("uk");
    expect(locale()).toBe("uk");
  });
});
