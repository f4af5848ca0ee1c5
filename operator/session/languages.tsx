import { LANGUAGES, type Language, language, t } from "../../browser/i18n.ts";
import { cx } from "../ui/cx.ts";
import { speak } from "./language-choice.ts";
import { LANGUAGE_NAMES } from "./language-names.ts";
import css from "./languages.module.css";

const CYRILLIC: ReadonlySet<Language> = new Set(["ru", "uk"]);

export function Languages() {
  return (
    <ul
      class={cx(css.languages, !CYRILLIC.has(language()) && css.latin)}
      aria-label={t("panel.language")}
    >
      {LANGUAGES.map((code) => (
        <li key={code}>
          <button
            type="button"
            lang={code}
            aria-pressed={language() === code}
            onClick={() => speak(code)}
          >
            {LANGUAGE_NAMES[code]}
          </button>
        </li>
      ))}
    </ul>
  );
}
