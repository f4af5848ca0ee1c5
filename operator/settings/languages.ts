import { type Language, language, locale } from "../../browser/i18n.ts";

/** A language's name in the language that is spoken: Estonian, эстонский. */
export function languageName(of: Language): string {
  return new Intl.DisplayNames(locale(), { type: "language" }).of(of) ?? of;
}

/** A country's name in the language that is spoken, for an ISO code. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(language(), { type: "region" }).of(code) ?? code;
}

/** The text of the first language that has one: the reader's, then the given one, then any. */
export function inOwnWords(
  texts: Partial<Record<Language, string>>,
  second: Language = "en",
): string | null {
  return texts[language()] ?? texts[second] ?? Object.values(texts)[0] ?? null;
}

/** Words one after the other, as the language joins them: a, b and c. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(words);
}
