import { LANGUAGES, type Language } from "../../../browser/i18n.ts";
import type { PerLanguage } from "./language-inputs.tsx";

/** A site's own words: by language, then by key of the catalogue. */
export type OwnTexts = Partial<Record<Language, Record<string, string>>>;

/** What the site says in each language for a key, where it has words of its own. */
export function ownText(texts: OwnTexts, key: string): PerLanguage {
  const found: PerLanguage = {};
  for (const language of LANGUAGES) {
    const own = texts[language]?.[key];
    if (own !== undefined) found[language] = own;
  }
  return found;
}

/** The same for the way back: what isn't written becomes the default again. */
export function withText(texts: OwnTexts, key: string, own: PerLanguage): OwnTexts {
  const next: OwnTexts = {};
  for (const language of LANGUAGES) {
    const { [key]: _, ...rest } = texts[language] ?? {};
    const text = own[language];
    const all = text === undefined || text === "" ? rest : { ...rest, [key]: text };
    if (Object.keys(all).length > 0) next[language] = all;
  }
  return next;
}
