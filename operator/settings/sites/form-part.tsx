import { useSignal } from "@preact/signals";
import { type Key, t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import menu from "../../ui/menu.module.css";
import { Menu } from "../../ui/menu.tsx";
import { moved, useSortable } from "../../ui/sortable.ts";
import { Row } from "../form/row.tsx";
import { Select } from "../form/select.tsx";
import { countryName, inOwnWords, listed } from "../languages.ts";
import type { FieldSettings, SiteSettings } from "../shapes.ts";
import { Lead } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import { OwnIcon } from "../ui/icon.tsx";
import { FieldItem } from "./field-item.tsx";
import { freeId, isKnown, KNOWN, newField, OWN_KINDS } from "./fields.ts";
import css from "./form-part.module.css";
import type { PartProps } from "./site-page.tsx";

/** What is asked before a chat. */
export function FormPart({ editor }: PartProps) {
  const { sites } = useStore();
  const settings = editor.draft.value;
  const { fields, topics } = settings;
  const open = useSignal<string | null>(null);
  const said = useSignal("");
  const change = (next: FieldSettings[]) => editor.set({ fields: next });
  const { list, grip } = useSortable(fields.length, (from, to) => {
    change(moved(fields, from, to));
    const place = { place: to + 1, of: fields.length };
    said.value = t("panel.settings.moved", place);
  });
  const refused = /^fields\.(\d+)(?:\.(.+))?$/.exec(editor.problem.value?.field ?? "");

  function add(field: FieldSettings): void {
    change([...fields, field]);
    open.value = field.id;
  }

  return (
    <>
      <Lead sub={t("panel.settings.form.sub")}>{formSentence(settings)}</Lead>
      <p class={controls.unseen} role="status">
        {said.value}
      </p>
      <ol ref={list} class={css.list}>
        {fields.map((field, place) => (
          <FieldItem
            key={place === fields.findIndex(({ id }) => id === field.id) ? field.id : place}
            field={field}
            others={fields.filter((each) => each !== field).map(({ id }) => id)}
            topics={topics}
            language={settings.language}
            open={open.value === field.id}
            grip={grip(place)}
            refused={refused !== null && Number(refused[1]) === place ? (refused[2] ?? "") : null}
            turn={(on) => {
              open.value = on ? field.id : null;
            }}
            change={(next) => {
              if (open.value === field.id) open.value = next.id;
              change(fields.map((each, at) => (at === place ? next : each)));
            }}
            remove={() => change(fields.filter((_, at) => at !== place))}
          />
        ))}
      </ol>
      <Add fields={fields} hasTopics={topics.length > 0} add={add} />
      <Row label={t("panel.settings.form.country")} hint={t("panel.settings.form.country_hint")}>
        {(control) => (
          <Select
            {...control}
            value={settings.phone_country ?? ""}
            options={[
              { value: "", label: t("panel.settings.form.no_country") },
              ...countriesOf(sites.choices.value()?.phone_countries ?? [], settings.phone_country),
            ]}
            choose={(code) => editor.set({ phone_country: code === "" ? null : code })}
          />
        )}
      </Row>
    </>
  );
}

function countriesOf(
  known: readonly string[],
  chosen: string | null,
): { value: string; label: string }[] {
  const codes = new Set([...known, ...(chosen === null ? [] : [chosen])]);
  return [...codes]
    .map((value) => ({ value, label: countryName(value) }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

interface AddProps {
  fields: readonly FieldSettings[];
  hasTopics: boolean;
  add(field: FieldSettings): void;
}

function Add({ fields, hasTopics, add }: AddProps) {
  const ids = fields.map(({ id }) => id);
  const known = KNOWN.filter(({ id }) => !ids.includes(id) && (id !== "topic" || hasTopics));
  return (
    <div class={css.add}>
      <Menu
        label={t("panel.settings.form.add")}
        buttonClass={controls.button}
        button={
          <>
            <OwnIcon name="plus" />
            {t("panel.settings.form.add")}
          </>
        }
      >
        {(close) => (
          <>
            {known.map(({ id, kind }) => (
              <button
                key={id}
                class={menu.item}
                type="button"
                onClick={() => {
                  close();
                  add(newField(kind, id));
                }}
              >
                {t(`panel.settings.form.known.${id}` as Key)}
              </button>
            ))}
            {known.length > 0 && <hr class={css.between} />}
            {OWN_KINDS.map((kind) => (
              <button
                key={kind}
                class={menu.item}
                type="button"
                onClick={() => {
                  close();
                  const wanted = isKnown(kind) ? `own_${kind}` : kind;
                  add(newField(kind, freeId(wanted, ids)));
                }}
              >
                {t(`panel.settings.form.own.${kind}` as Key)}
              </button>
            ))}
          </>
        )}
      </Menu>
    </div>
  );
}

/** What a field is called for the admin: the site's words, else the built-in ones. */
export function fieldName(field: FieldSettings, second: SiteSettings["language"]): string {
  const own = inOwnWords(field.labels, second);
  if (own !== null) return own;
  return isKnown(field.id)
    ? t(`panel.settings.form.known.${field.id}` as Key)
    : t("panel.settings.form.unnamed");
}

export function formSentence({ fields, language }: SiteSettings): string {
  const always = fields.filter(({ when }) => when !== "offline");
  if (fields.length === 0) return t("panel.settings.form.lead_none");
  const names = (some: readonly FieldSettings[]) =>
    listed(
      some.map((field) => {
        const name = fieldName(field, language);
        return field.required ? t("panel.settings.form.must", { name }) : name;
      }),
    );
  if (always.length === 0) return t("panel.settings.form.lead_offline", { fields: names(fields) });
  const later = fields.length - always.length;
  const asked = t("panel.settings.form.lead", { fields: names(always) });
  return later === 0 ? asked : `${asked} ${t("panel.settings.form.lead_more", { count: later })}`;
}
