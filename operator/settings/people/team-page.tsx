import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { usePanel } from "../../shell/context.ts";
import { Blank } from "../../ui/blank.tsx";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { problem } from "../../ui/problem.ts";
import { createEditor, type Editor, type Outcome } from "../form/editor.ts";
import { Group, Row, Said } from "../form/row.tsx";
import { SaveBar } from "../form/save-bar.tsx";
import type { PersonRow } from "../shapes.ts";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import css from "./person-fields.module.css";

interface Team {
  name: string;
  members: string[];
}

/** `id` is null for a team that is being made. */
export function TeamPage({ id }: { id: string | null }) {
  const { people } = useStore();
  useEffect(() => {
    void people.list.read();
  }, [people]);
  const known = people.list.value()?.teams.find((team) => team.id === id);
  const all = people.list.value()?.people;
  if (all === undefined || (id !== null && known === undefined)) {
    return (
      <Page title={t("panel.settings.teams.title")} back="teams">
        <When of={people.list}>
          {() => <Blank icon="circle-alert" title={t("panel.area.nowhere")} />}
        </When>
      </Page>
    );
  }
  const members = all.filter(({ teams }) => id !== null && teams.includes(id));
  const begun = { name: known?.name ?? "", members: members.map((each) => each.id) };
  return <Team id={id} begun={begun} all={all} />;
}

interface Props {
  id: string | null;
  begun: Team;
  all: readonly PersonRow[];
}

function Team({ id, begun, all }: Props) {
  const { address } = usePanel();
  const { call, people } = useStore();
  const editor = useRef<Editor<Team> | null>(null);

  async function send(changes: Partial<Team>): Promise<Outcome<Team>> {
    const { name, members } = { ...begun, ...editor.current?.saved.value, ...changes };
    const named = name.trim();
    if (named === "") return { problem: { code: "invalid", field: "name" } };
    const answer = await call("teams.save", {
      ...(id === null ? {} : { id }),
      name: named,
      members,
    });
    if (refused(answer)) {
      return { problem: { code: answer.error.code, field: answer.error.field ?? null } };
    }
    await people.list.read();
    if (id === null) address.go("settings", "teams");
    return { saved: { name: answer.team.name, members: answer.team.members } };
  }

  editor.current ??= createEditor({ saved: begun, send });
  const { draft, set, problem: refusal, refresh } = editor.current;
  const now = JSON.stringify(begun);
  useEffect(() => refresh(JSON.parse(now)), [now, refresh]);
  const { name, members } = draft.value;
  return (
    <Page
      title={id === null ? t("panel.settings.teams.new") : begun.name}
      of={{ name: t("panel.settings.teams.title"), to: "teams" }}
      bar={
        <SaveBar
          editor={editor.current}
          named={(part) =>
            t(part === "name" ? "panel.settings.teams.name" : "panel.settings.teams.members")
          }
        />
      }
    >
      <Lead sub={t("panel.settings.teams.sub")}>
        {t("panel.settings.teams.lead_members", { count: members.length })}
      </Lead>
      <Row
        label={t("panel.settings.teams.name")}
        problem={refusal.value?.field === "name" ? t("panel.settings.teams.name_missing") : null}
      >
        {(control) => (
          <input
            {...control}
            class={controls.field}
            maxLength={100}
            value={name}
            onInput={({ currentTarget }) => set({ name: currentTarget.value })}
          />
        )}
      </Row>
      <Group label={t("panel.settings.teams.members")}>
        <div class={css.teams}>
          {all
            .filter((person) => person.disabled_at === null || members.includes(person.id))
            .map((person) => (
              <label key={person.id}>
                <input
                  type="checkbox"
                  checked={members.includes(person.id)}
                  onChange={({ currentTarget }) => {
                    const rest = members.filter((each) => each !== person.id);
                    set({ members: currentTarget.checked ? [...rest, person.id] : rest });
                  }}
                />
                {person.name}
              </label>
            ))}
        </div>
      </Group>
      {id !== null && <Remove id={id} name={begun.name} />}
    </Page>
  );
}

function Remove({ id, name }: { id: string; name: string }) {
  const { address } = usePanel();
  const { call, people } = useStore();
  const sure = useSignal(false);
  const said = useSignal<string | null>(null);
  if ((people.list.value()?.teams.length ?? 1) < 2) return null;

  async function remove(): Promise<void> {
    const answer = await call("teams.remove", { team: id });
    sure.value = false;
    if (refused(answer)) {
      said.value =
        answer.error.code === "team_in_use"
          ? t("panel.settings.teams.in_use")
          : problem(answer.error.code);
      return;
    }
    await people.list.read();
    address.go("settings", "teams");
  }

  return (
    <div class={css.send}>
      <div class={css.deeds}>
        <button
          class={controls.button}
          type="button"
          onClick={() => {
            said.value = null;
            if (sure.value) void remove();
            else sure.value = true;
          }}
        >
          {sure.value
            ? t("panel.settings.teams.remove_sure", { name })
            : `${t("panel.settings.teams.remove")}…`}
        </button>
        {sure.value && (
          <button
            class={cx(controls.button, controls.plain)}
            type="button"
            onClick={() => {
              sure.value = false;
            }}
          >
            {t("panel.settings.keep")}
          </button>
        )}
      </div>
      <Said problem={said.value} />
    </div>
  );
}
