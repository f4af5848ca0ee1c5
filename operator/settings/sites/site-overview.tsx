import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Key, LANGUAGES, t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { usePanel } from "../../shell/context.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { problem } from "../../ui/problem.ts";
import { Row, Said } from "../form/row.tsx";
import { Select } from "../form/select.tsx";
import { inOwnWords, languageName, listed } from "../languages.ts";
import type { SiteSettings } from "../shapes.ts";
import { Lead } from "../shell/page.tsx";
import { SECTIONS, type Section } from "../shell/places.ts";
import { useStore } from "../store.ts";
import { Code } from "../ui/code.tsx";
import { SentenceLine } from "../ui/sentence-line.tsx";
import { installedSentence } from "./embed-part.tsx";
import { formSentence } from "./form-part.tsx";
import { lookSentence } from "./look-part.tsx";
import css from "./site-overview.module.css";
import type { PartProps } from "./site-page.tsx";
import { weekInWords } from "./week.ts";

/** A site in sentences; each leads to where it can be changed. */
export function SiteOverview({ id, site, editor }: PartProps & { id: string }) {
  const settings = editor.draft.value;
  const refusedPart = editor.problem.value?.field;
  return (
    <>
      <Lead>{installedSentence(site.installed, Date.now())}</Lead>
      {site.installed.state === "never" && (
        <Code text={site.script} label={t("panel.settings.embed.copy")} />
      )}
      <ul class={css.sections}>
        {SECTIONS.filter((section) => section !== "embed").map((section) => (
          <SentenceLine
            key={section}
            to={`sites/${id}/${section}`}
            name={t(`panel.settings.${section}.title` as Key)}
          >
            {sentenceOf(section, settings, site.secret)}
          </SentenceLine>
        ))}
        <SentenceLine to={`sites/${id}/embed`} name={t("panel.settings.embed.title")}>
          {t("panel.settings.embed.summary")}
        </SentenceLine>
      </ul>
      <Row
        label={t("panel.settings.name")}
        hint={t("panel.settings.name_hint")}
        problem={refusedPart === "name" ? t("panel.settings.name_missing") : null}
      >
        {(control) => (
          <input
            {...control}
            class={controls.field}
            maxLength={100}
            value={settings.name}
            onInput={({ currentTarget }) => editor.set({ name: currentTarget.value })}
          />
        )}
      </Row>
      <Row label={t("panel.settings.language")} hint={t("panel.settings.language_hint")}>
        {(control) => (
          <Select
            {...control}
            value={settings.language}
            options={LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
            choose={(language) => editor.set({ language })}
          />
        )}
      </Row>
      <Remove id={id} name={editor.saved.value.name} />
    </>
  );
}

function sentenceOf(section: Section, settings: SiteSettings, secret: boolean): string {
  switch (section) {
    case "look":
      return lookSentence(settings.look);
    case "texts": {
      const count = Object.values(settings.texts).reduce(
        (n, own) => n + Object.keys(own).length,
        0,
      );
      return count === 0
        ? t("panel.settings.texts.lead_none")
        : t("panel.settings.texts.lead", { count });
    }
    case "form":
      return formSentence(settings);
    case "hours":
      return weekInWords(settings.hours);
    case "topics": {
      const names = settings.topics.map(
        ({ id, labels }) => inOwnWords(labels, settings.language) ?? id,
      );
      return names.length === 0
        ? t("panel.settings.topics.lead_none")
        : t("panel.settings.topics.lead", { topics: listed(names) });
    }
    case "shown":
      return t(
        settings.show_people
          ? "panel.settings.shown.lead_nobody"
          : "panel.settings.shown.lead_hidden",
      );
    case "pages":
      return settings.origins.length === 0
        ? t("panel.settings.pages.lead_any")
        : t("panel.settings.pages.lead", { pages: listed(settings.origins) });
    case "identity":
      return t(secret ? "panel.settings.identity.lead" : "panel.settings.identity.lead_none");
    case "embed":
      return t("panel.settings.embed.summary");
  }
}

/** Asked at the place itself: what is removed has no way back. */
function Remove({ id, name }: { id: string; name: string }) {
  const { address } = usePanel();
  const { call, sites } = useStore();
  const sure = useSignal(false);
  const busy = useSignal(false);
  const said = useSignal<string | null>(null);
  const alone = (sites.list.value()?.sites.length ?? 1) < 2;
  useEffect(() => {
    said.value = null;
  }, [said]);

  async function remove(): Promise<void> {
    busy.value = true;
    const answer = await call("site.remove", { site: id });
    busy.value = false;
    if (!refused(answer)) {
      address.go("settings", "");
      sites.forget(id);
      void sites.list.read();
      return;
    }
    sure.value = false;
    said.value =
      answer.error.code === "site_in_use"
        ? t("panel.settings.site_in_use")
        : problem(answer.error.code);
  }

  if (alone) return null;
  return (
    <div class={css.remove}>
      {sure.value ? (
        <p role="alert">
          {t("panel.settings.remove_site_sure", { name })}{" "}
          <button
            class={cx(controls.button, css.danger)}
            type="button"
            disabled={busy.value}
            onClick={() => void remove()}
          >
            {t("panel.settings.remove_site")}
          </button>
          <button
            class={cx(controls.button, controls.plain)}
            type="button"
            onClick={() => {
              sure.value = false;
            }}
          >
            {t("panel.settings.keep")}
          </button>
        </p>
      ) : (
        <button
          class={controls.button}
          type="button"
          onClick={() => {
            sure.value = true;
            said.value = null;
          }}
        >
          {t("panel.settings.remove_site")}…
        </button>
      )}
      <Said problem={said.value} />
    </div>
  );
}
