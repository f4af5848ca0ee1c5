import { useId } from "preact/hooks";
import { LANGUAGES, type Language, language } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { languageName } from "../languages.ts";
import css from "./language-inputs.module.css";

export type PerLanguage = Partial<Record<Language, string>>;

interface Props {
  /** Names all of them; each adds its language. */
  label: string;
  value: PerLanguage;
  /** What stands there when nothing is written. */
  otherwise?: PerLanguage;
  long?: boolean;
  problemIn?: string | null;
  change(value: PerLanguage): void;
}

/** One text in the four languages, the reader's own first. */
export function LanguageInputs(props: Props) {
  const { label, value, otherwise, long = false, problemIn, change } = props;
  const id = useId();
  const own = language();
  const order = [own, ...LANGUAGES.filter((each) => each !== own)];
  return (
    <div class={css.inputs}>
      {order.map((each) => {
        const shared = {
          id: `${id}-${each}`,
          class: controls.field,
          lang: each,
          maxLength: 500,
          value: value[each] ?? "",
          placeholder: otherwise?.[each] ?? "",
          "aria-label": `${label}, ${languageName(each)}`,
          "aria-invalid": problemIn === each,
        };
        const typed = (text: string) => change(written(value, each, text));
        return (
          <div key={each} class={css.line}>
            <label for={shared.id} aria-hidden="true">
              {each.toUpperCase()}
            </label>
            {long ? (
              <textarea
                {...shared}
                rows={2}
                onInput={(event) => typed(event.currentTarget.value)}
              />
            ) : (
              <input {...shared} onInput={(event) => typed(event.currentTarget.value)} />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Nothing written is no text, so that the default shows. */
export function written(value: PerLanguage, where: Language, text: string): PerLanguage {
  const next = { ...value, [where]: text };
  if (text === "") delete next[where];
  return next;
}
