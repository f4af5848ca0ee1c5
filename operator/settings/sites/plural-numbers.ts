import type { Language } from "../../../browser/i18n.ts";

const FORM = /_(one|few|many|other)$/;
const SHOWN = 3;

/** The plural form that a key of the catalogue is for, if it is for one. */
export function pluralOf(key: string): string | null {
  return FORM.exec(key)?.[1] ?? null;
}

/** Numbers that take a plural form: 1, 21, 31 … for *one* in Russian. */
export function numbersOf(language: Language, form: string): string {
  const rules = new Intl.PluralRules(language);
  const found: string[] = [];
  for (let number = 1; number < 120 && found.length <= SHOWN; number++) {
    if (rules.select(number) === form) found.push(String(number));
  }
  // Forms that whole numbers don't take are those of fractions.
  if (found.length === 0) return "1,5";
  return found.length > SHOWN ? `${found.slice(0, SHOWN).join(", ")} …` : found.join(", ");
}
