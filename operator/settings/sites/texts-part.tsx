import { useSignal } from "@preact/signals";
import { LANGUAGES, type Language, language, t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { Icon } from "../../ui/icon.tsx";
import { Segments } from "../../ui/segments.tsx";
import { languageName } from "../languages.ts";
import type { SiteChoices } from "../shapes.ts";
import { Lead } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { SearchField } from "../ui/search-field.tsx";
import type { OwnTexts } from "./own-texts.ts";
import { ownText, withText } from "./own-texts.ts";
import { numbersOf, pluralOf } from "./plural-numbers.ts";
import { previewLanguage } from "./preview.tsx";
import type { PartProps } from "./site-page.tsx";
import css from "./texts-part.module.css";

export function TextsPart({ editor }: PartProps) {
  const { sites } = useStore();
  const { texts } = editor.draft.value;
  const count = Object.values(texts).reduce((sum, own) => sum + Object.keys(own).length, 0);
  return (
    <>
      <Lead sub={t("panel.settings.texts.sub")}>
        {count === 0
          ? t("panel.settings.texts.lead_none")
          : t("panel.settings.texts.lead", { count })}
      </Lead>
      <When of={sites.choices}>
        {(choices) => (
          <Texts
            own={texts}
            defaults={choices.texts}
            refused={editor.problem.value?.field ?? ""}
            change={(next) => editor.set({ texts: next })}
          />
        )}
      </When>
    </>
  );
}

interface TextsProps {
  own: OwnTexts;
  defaults: SiteChoices["texts"];
  refused: string;
  change(texts: OwnTexts): void;
}

function Texts({ own, defaults, refused, change }: TextsProps) {
  const wanted = useSignal("");
  const shown = previewLanguage.value ?? language();
  const words = wanted.value.trim().toLocaleLowerCase();
  const keys = ordered(Object.keys(defaults[shown] ?? {})).filter((key) =>
    [defaults[shown]?.[key], defaults[language()]?.[key], own[shown]?.[key]].some((text) =>
      text?.toLocaleLowerCase().includes(words),
    ),
  );
  return (
    <>
      <div class={css.tools}>
        <Segments<Language>
          label={t("panel.settings.language")}
          value={shown}
          options={LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
          choose={(next) => {
            previewLanguage.value = next;
          }}
        />
        <SearchField label={t("panel.settings.texts.search")} text={wanted} />
      </div>
      {keys.length === 0 && (
        <p class={css.none} role="status">
          {t("panel.settings.found_none")}
        </p>
      )}
      {keys.map((key) => (
        <Text
          key={`${shown} ${key}`}
          shown={shown}
          name={key}
          value={own[shown]?.[key] ?? ""}
          otherwise={defaults[shown]?.[key] ?? ""}
          meaning={defaults[language()]?.[key] ?? defaults[shown]?.[key] ?? key}
          refused={refused.startsWith(`texts.${shown}.${key}`) || refused === `texts.${key}`}
          change={(text) => change(withText(own, key, { ...ownText(own, key), [shown]: text }))}
        />
      ))}
    </>
  );
}

/** What is read first stands first, then the rest of the chat, the form, and what is read seldom. */
const FIRST = ["widget.greeting", "widget.launcher", "widget.start", "widget.placeholder"];
const GROUPS = ["widget.", "form.", "common."];

function ordered(keys: readonly string[]): string[] {
  const place = (key: string) => {
    const first = FIRST.indexOf(key);
    return first !== -1 ? first : 10 + GROUPS.findIndex((group) => key.startsWith(group));
  };
  return [...keys].sort((one, other) => place(one) - place(other));
}

interface TextProps {
  shown: Language;
  name: string;
  value: string;
  otherwise: string;
  /** The default in the reader's own language, so that they know what they are wording. */
  meaning: string;
  refused: boolean;
  change(text: string): void;
}

function Text({ shown, name, value, otherwise, meaning, refused, change }: TextProps) {
  const form = pluralOf(name);
  const said =
    form === null
      ? meaning
      : t("panel.settings.texts.for_numbers", { text: meaning, numbers: numbersOf(shown, form) });
  const places = [...new Set(otherwise.match(/\{\{\w+\}\}/g))];
  const lost = value !== "" && places.some((place) => !value.includes(place));
  const wrong = refused || lost;
  return (
    <div class={css.text}>
      <label for={name}>{said}</label>
      <div class={css.own}>
        <textarea
          id={name}
          class={controls.field}
          lang={shown}
          rows={1}
          maxLength={500}
          value={value}
          placeholder={otherwise}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${name}-problem` : undefined}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
        {value !== "" && (
          <button
            class={`${controls.button} ${controls.plain} ${controls.square}`}
            type="button"
            aria-label={t("panel.settings.texts.default", { text: otherwise })}
            title={t("panel.settings.texts.default", { text: otherwise })}
            onClick={() => change("")}
          >
            <Icon name="rotate-ccw" />
          </button>
        )}
      </div>
      {wrong && (
        <p class={css.problem} id={`${name}-problem`} role="alert">
          {t("panel.settings.texts.lost", { places: places.join(" ") })}
        </p>
      )}
    </div>
  );
}
