import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { LANGUAGES, type Language, language, t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { Segments } from "../../ui/segments.tsx";
import type { Editor } from "../form/editor.ts";
import { Select } from "../form/select.tsx";
import { languageName } from "../languages.ts";
import type { SitePage, SiteSettings } from "../shapes.ts";
import { useStore } from "../store.ts";
import css from "./preview.module.css";
import { PreviewWindow } from "./preview-window.tsx";

const TYPING = 300;
const STATES = ["online", "away", "closed"] as const;
export type Shown = (typeof STATES)[number];

/** The language of the visitor that is played; texts are edited in it too. Null: the reader's own. */
export const previewLanguage = signal<Language | null>(null);
const previewState = signal<Shown>("online");

interface Props {
  id: string;
  editor: Editor<SiteSettings>;
}

/** What a visitor would meet if this were saved, by the server's own reckoning. */
export function Preview({ id, editor }: Props) {
  const { call, sites } = useStore();
  const page = useSignal<SitePage | null>(null);
  const spoken = previewLanguage.value ?? language();
  const { phone_country, ...draft } = editor.draft.value;
  const asked = JSON.stringify({ ...draft, phone_country: phone_country ?? "" });
  useEffect(() => {
    let over = false;
    const timer = setTimeout(
      async () => {
        const changes = JSON.parse(asked);
        const answer = await call("site.preview", { site: id, changes, lang: spoken });
        // What can't be saved can't be shown either: the last that could stays.
        if (!over && !refused(answer)) page.value = answer;
      },
      page.peek() === null ? 0 : TYPING,
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asked, id, spoken, call, page]);
  const words = sites.choices.value()?.texts[spoken] ?? {};
  return (
    <section class={css.preview} aria-label={t("panel.settings.preview.title")}>
      <div class={css.tools}>
        <Segments<Language>
          label={t("panel.settings.preview.language")}
          value={spoken}
          options={LANGUAGES.map((value) => ({
            value,
            label: value.toUpperCase(),
            title: languageName(value),
          }))}
          choose={(next) => {
            previewLanguage.value = next;
          }}
        />
        <Select<Shown>
          narrow
          label={t("panel.settings.preview.when")}
          value={previewState.value}
          options={STATES.map((value) => ({ value, label: t(`panel.settings.preview.${value}`) }))}
          choose={(next) => {
            previewState.value = next;
          }}
        />
      </div>
      {page.value !== null && (
        <PreviewWindow page={page.value} words={words} state={previewState.value} />
      )}
    </section>
  );
}
