import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { moved, useSortable } from "../../ui/sortable.ts";
import { Row } from "../form/row.tsx";
import { Select } from "../form/select.tsx";
import { inOwnWords, listed } from "../languages.ts";
import type { TopicSettings } from "../shapes.ts";
import { Go } from "../shell/go.tsx";
import { Lead } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import { Grip } from "../ui/grip.tsx";
import { OwnIcon } from "../ui/icon.tsx";
import { freeId } from "./fields.ts";
import { LanguageInputs } from "./language-inputs.tsx";
import type { PartProps } from "./site-page.tsx";
import css from "./topics-part.module.css";

/** What chats are about, and who gets them. */
export function TopicsPart({ site, editor }: PartProps) {
  const { people } = useStore();
  const settings = editor.draft.value;
  const { topics } = settings;
  const said = useSignal("");
  useEffect(() => {
    void people.list.read();
  }, [people]);
  const teams = people.list.value()?.teams ?? [];
  const change = (next: TopicSettings[]) => editor.set({ topics: next });
  const { list, grip } = useSortable(topics.length, (from, to) => {
    change(moved(topics, from, to));
    said.value = t("panel.settings.moved", { place: to + 1, of: topics.length });
  });
  const names = topics.map(({ id, labels }) => inOwnWords(labels, settings.language) ?? id);
  const asked = settings.fields.some(({ kind }) => kind === "topic");
  const asChoice = (id: string, name: string) => ({ value: id, label: name });
  const refused = /^topics\.(\d+)/.exec(editor.problem.value?.field ?? "")?.[1];

  /** A field that was asked for this topic alone is asked for any, not for one that is gone. */
  function remove(id: string): void {
    const left = topics.filter((each) => each.id !== id);
    const fields = settings.fields
      .filter(({ kind }) => kind !== "topic" || left.length > 0)
      .map((field) => ({ ...field, topics: field.topics.filter((each) => each !== id) }));
    editor.set({ topics: left, fields });
  }

  return (
    <>
      <Lead sub={t("panel.settings.topics.sub")}>
        {topics.length === 0
          ? t("panel.settings.topics.lead_none")
          : t("panel.settings.topics.lead", { topics: listed(names) })}
      </Lead>
      {teams.length > 1 && (
        <Row label={t("panel.settings.topics.team")} hint={t("panel.settings.topics.team_hint")}>
          {(control) => (
            <Select
              {...control}
              value={settings.team}
              options={teams.map(({ id, name }) => asChoice(id, name))}
              choose={(team) => editor.set({ team })}
            />
          )}
        </Row>
      )}
      <p class={controls.unseen} role="status">
        {said.value}
      </p>
      <ol ref={list}>
        {topics.map((topic, place) => {
          const name = names[place] ?? topic.id;
          const part = (next: Partial<TopicSettings>) =>
            change(topics.map((each) => (each === topic ? { ...each, ...next } : each)));
          return (
            <li key={topic.id} class={css.topic}>
              <Grip name={name} {...grip(place)} />
              <div>
                <LanguageInputs
                  label={t("panel.settings.topics.label")}
                  value={topic.labels}
                  change={(labels) => part({ labels })}
                />
                {refused === String(place) && (
                  <p class={css.problem} role="alert">
                    {t("panel.settings.form.label_needed")}
                  </p>
                )}
                {teams.length > 1 && (
                  <Select
                    narrow
                    label={t("panel.settings.topics.team_of", { name })}
                    value={topic.team ?? ""}
                    options={[
                      asChoice("", t("panel.settings.topics.same_team")),
                      ...teams.map((team) => asChoice(team.id, team.name)),
                    ]}
                    choose={(team) => part({ team: team === "" ? null : team })}
                  />
                )}
              </div>
              <button
                class={cx(controls.button, controls.plain, controls.square)}
                type="button"
                aria-label={t("panel.settings.remove_named", { name })}
                onClick={() => remove(topic.id)}
              >
                <Icon name="x" />
              </button>
            </li>
          );
        })}
      </ol>
      <div class={css.add}>
        <button
          class={controls.button}
          type="button"
          onClick={() =>
            change([
              ...topics,
              {
                id: freeId(
                  "topic_1",
                  topics.map(({ id }) => id),
                ),
                labels: {},
                team: null,
              },
            ])
          }
        >
          <OwnIcon name="plus" />
          {t("panel.settings.topics.add")}
        </button>
      </div>
      {topics.length > 0 && !asked && (
        <p class={css.hint}>
          {t("panel.settings.topics.not_asked")}{" "}
          <Go to={`sites/${site.id}/form`}>{t("panel.settings.form.title")}</Go>
        </p>
      )}
      {teams.length === 1 && <p class={css.hint}>{t("panel.settings.topics.one_team")}</p>}
    </>
  );
}
