import type { Language } from "../../browser/i18n.ts";

/** Each in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  et: "Eesti",
  ru: "Русский",
  uk: "Українська",
};
