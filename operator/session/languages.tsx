import { LANGUAGES, type Language, language, t } from "../../browser/i18n.ts";
import { speak } from "./language-choice.ts";
import css from "./languages.module.css";

const NAMES: Record<Language, string> = {
  en: "English",
  et: "Eesti",
  ru: "Русский",
  uk: "Українська",
};

export function Languages() {
  return (
    <ul class={css.languages} aria-label={t("panel.language")}>
      {LANGUAGES.map((code) => (
        <li key={code}>
          <button
            type="button"
            lang={code}
            aria-pressed={language() === code}
            onClick={() => speak(code)}
          >
            {NAMES[code]}
          </button>
        </li>
      ))}
    </ul>
  );
}
