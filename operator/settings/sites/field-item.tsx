import type { Language } from "../../../browser/i18n.ts";
import { type Key, t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Group, Row } from "../form/row.tsx";
import { Select } from "../form/select.tsx";
import { inOwnWords } from "../languages.ts";
import type { FieldSettings, TopicSettings } from "../shapes.ts";
import { Grip } from "../ui/grip.tsx";
import { OwnIcon } from "../ui/icon.tsx";
import { isKnown } from "./fields.ts";
import css from "./form-part.module.css";
import { fieldName } from "./form-part.tsx";
import { LanguageInputs } from "./language-inputs.tsx";
import { OptionList } from "./option-list.tsx";

interface Props {
  field: FieldSettings;
  /** The ids of the other fields. */
  others: readonly string[];
  topics: readonly TopicSettings[];
  language: Language;
  open: boolean;
  grip: object;
  /** Which part of it the server refused; empty when it is the whole. */
  refused: string | null;
  turn(open: boolean): void;
  change(field: FieldSettings): void;
  remove(): void;
}

/** A field in a line: what it asks, of whom; opened, what can be changed about it. */
export function FieldItem(props: Props) {
  const { field, language, open, grip, refused, turn, remove } = props;
  const name = fieldName(field, language);
  const shown = open || refused !== null;
  const incomplete = refused !== null ? t(refusalOf(field)) : null;
  return (
    <li class={css.item}>
      <div class={css.line}>
        <Grip name={name} {...grip} />
        <button class={css.name} type="button" aria-expanded={shown} onClick={() => turn(!open)}>
          <OwnIcon name={shown ? "chevron-down" : "chevron-right"} />
          <span class={controls.cut}>{name}</span>
        </button>
        <span class={css.tags}>
          {field.required && <Tag>{t("panel.settings.form.required_tag")}</Tag>}
          {field.when !== "always" && <Tag>{t(`panel.settings.form.${field.when}_tag`)}</Tag>}
          <span class={css.kind}>{t(`panel.settings.form.kind.${field.kind}` as Key)}</span>
        </span>
        <button
          class={cx(controls.button, controls.plain, controls.square)}
          type="button"
          aria-label={t("panel.settings.remove_named", { name })}
          title={t("panel.settings.remove_named", { name })}
          onClick={remove}
        >
          <Icon name="x" />
        </button>
      </div>
      {incomplete !== null && (
        <p class={css.refused} role="alert">
          <Icon name="circle-alert" />
          {incomplete}
        </p>
      )}
      {shown && <Details {...props} />}
    </li>
  );
}

function refusalOf(field: FieldSettings): Key {
  if (field.kind === "consent") return "panel.settings.form.consent_needs";
  if (field.kind === "choice" && field.options.length === 0) {
    return "panel.settings.form.choice_needs";
  }
  return "panel.settings.form.label_needed";
}

function Details({ field, others, topics, language, change }: Props) {
  const { policy } = field;
  const part = (next: Partial<FieldSettings>) => change({ ...field, ...next });
  const taken = others.includes(field.id);
  return (
    <div class={css.details}>
      <Group
        label={t("panel.settings.form.label")}
        hint={isKnown(field.id) ? t("panel.settings.form.label_hint") : undefined}
      >
        <LanguageInputs
          label={t("panel.settings.form.label")}
          value={field.labels}
          change={(labels) => part({ labels })}
        />
      </Group>
      {field.kind === "choice" && (
        <Group label={t("panel.settings.form.options")}>
          <OptionList options={field.options} change={(options) => part({ options })} />
        </Group>
      )}
      {policy !== null && (
        <>
          <Group
            label={t("panel.settings.form.policy")}
            hint={t("panel.settings.form.policy_hint")}
          >
            <LanguageInputs
              label={t("panel.settings.form.policy")}
              value={policy.url}
              otherwise={{ en: "https://" }}
              change={(url) => part({ policy: { ...policy, url } })}
            />
          </Group>
          <Row
            label={t("panel.settings.form.version")}
            hint={t("panel.settings.form.version_hint")}
          >
            {(control) => (
              <input
                {...control}
                class={controls.field}
                maxLength={50}
                value={policy.version}
                onInput={({ currentTarget }) =>
                  part({ policy: { ...policy, version: currentTarget.value } })
                }
              />
            )}
          </Row>
        </>
      )}
      <Group label={t("panel.settings.form.asked")}>
        <Switch
          label={t("panel.settings.form.required")}
          on={field.required}
          turn={(required) => part({ required })}
        />
        <div class={css.when}>
          <Select
            label={t("panel.settings.form.when")}
            narrow
            value={field.when}
            options={(["always", "online", "offline"] as const).map((value) => ({
              value,
              label: t(`panel.settings.form.when_${value}`),
            }))}
            choose={(when) => part({ when })}
          />
        </div>
        {topics.length > 0 && field.kind !== "topic" && (
          <Topics field={field} topics={topics} language={language} change={part} />
        )}
      </Group>
      {!isKnown(field.id) && (
        <Row
          label={t("panel.settings.form.code")}
          hint={t("panel.settings.form.code_hint", { id: field.id })}
          problem={taken ? t("panel.settings.form.code_taken") : null}
        >
          {(control) => (
            <input
              {...control}
              class={controls.field}
              spellcheck={false}
              maxLength={32}
              value={field.id}
              onChange={({ currentTarget }) => {
                const id = codeIn(currentTarget.value);
                if (id !== "" && !isKnown(id) && !others.includes(id)) part({ id });
                else currentTarget.value = field.id;
              }}
            />
          )}
        </Row>
      )}
    </div>
  );
}

/** What can be a name in code: small letters, digits, underscores. */
function codeIn(typed: string): string {
  const code = typed.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return code.replace(/^[^a-z]+|_+$/g, "").slice(0, 32);
}

interface TopicsProps {
  field: FieldSettings;
  topics: readonly TopicSettings[];
  language: Language;
  change(part: Partial<FieldSettings>): void;
}

function Topics({ field, topics, language, change }: TopicsProps) {
  return (
    <fieldset class={css.topics}>
      <legend>{t("panel.settings.form.for_topics")}</legend>
      {topics.map(({ id, labels }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={field.topics.includes(id)}
            onChange={({ currentTarget }) => {
              const rest = field.topics.filter((each) => each !== id);
              change({ topics: currentTarget.checked ? [...rest, id] : rest });
            }}
          />
          {inOwnWords(labels, language) ?? id}
        </label>
      ))}
      {field.topics.length === 0 && <p>{t("panel.settings.form.any_topic")}</p>}
    </fieldset>
  );
}
