import { signal } from "@preact/signals";
import type english from "../locales/en.json";

export const LANGUAGES = ["en", "et", "ru", "uk"] as const;
export type Language = (typeof LANGUAGES)[number];

type Stem<K> = K extends `${infer Base}_${"one" | "few" | "many" | "other"}` ? Base : K;
/** A key of the catalogues, without the plural ending. */
export type Key = Stem<keyof typeof english>;

type Catalogue = Record<string, string>;

// A chunk for each language: a browser fetches one.
const catalogues = import.meta.glob<Catalogue>("../locales/*.json", { import: "default" });
const current = signal<{ language: Language; texts: Catalogue; plurals: Intl.PluralRules } | null>(
  null,
);

/** Words that a site has in place of ours, by key. */
const own = signal<Catalogue>({});

export function override(texts: Catalogue): void {
  own.value = texts;
}

/** The first of the wanted languages (`et`, `ru-EE` …) that we speak. */
export function chooseLanguage(
  wanted: readonly (string | null | undefined)[],
  otherwise: Language = "en",
): Language {
  for (const tag of wanted) {
    const ours = LANGUAGES.find((language) => language === tag?.toLowerCase().split("-")[0]);
    if (ours) return ours;
  }
  return otherwise;
}

/** Fetch its texts, then everything that called `t` is drawn again. */
export async function loadLanguage(language: Language): Promise<void> {
  const texts = await catalogues[`../locales/${language}.json`]?.();
  if (!texts) throw new Error(`no catalogue for ${language}`);
  current.value = { language, texts, plurals: new Intl.PluralRules(language) };
  document.documentElement.lang = language;
}

/** More texts of the language that is spoken now: those of a part that is fetched late. */
export function addTexts(more: Catalogue): void {
  const { value } = current;
  if (value !== null) current.value = { ...value, texts: { ...value.texts, ...more } };
}

export function language(): Language {
  return current.value?.language ?? "en";
}

/** For times and dates: the browser's own variant of our language, like `en-GB`. */
export function locale(): string {
  const ours = language();
  return navigator.languages.find((tag) => tag.split("-")[0] === ours) ?? ours;
}

/** The text for `key`; `count` chooses the plural form, `{{name}}` takes the variable of that name. */
export function t(key: Key, vars: Record<string, string | number> = {}): string {
  const { texts = {}, plurals } = current.value ?? {};
  const form = typeof vars.count === "number" ? plurals?.select(vars.count) : undefined;
  const exact = form ? `${key}_${form}` : key;
  const text = own.value[exact] ?? texts[exact] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => String(vars[name] ?? gap));
}
