import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Key, locale, t } from "../../../browser/i18n.ts";
import { usePanel } from "../../shell/context.ts";
import { today } from "../../shell/seconds.ts";
import { Blank } from "../../ui/blank.tsx";
import controls from "../../ui/controls.module.css";
import { problem } from "../../ui/problem.ts";
import { sentenceTime } from "../../ui/when.ts";
import { Group } from "../form/row.tsx";
import { SaveBar } from "../form/save-bar.tsx";
import type { PersonRow, TeamName } from "../shapes.ts";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { HoursChoice } from "./hours-choice.tsx";
import { isLastAdmin, type PersonDeed, type PersonDraft } from "./people.ts";
import css from "./person-fields.module.css";
import { NameField, RoleChoice, TeamChoice } from "./person-fields.tsx";

export function PersonPage({ id }: { id: string }) {
  const { people } = useStore();
  useEffect(() => {
    void people.list.read();
  }, [people]);
  const person = people.list.value()?.people.find((each) => each.id === id);
  const editor = person && people.editor(person);
  return (
    <Page
      title={person?.name ?? t("panel.settings.people.one")}
      of={{ name: t("panel.settings.people.title"), to: "people" }}
      bar={editor && <SaveBar editor={editor} named={partName} />}
    >
      <When of={people.list}>
        {({ people: all, teams }) =>
          person === undefined ? (
            <Blank icon="circle-alert" title={t("panel.area.nowhere")} />
          ) : (
            <Person person={person} all={all} teams={teams} />
          )
        }
      </When>
    </Page>
  );
}

function partName(part: keyof PersonDraft): string {
  const names: Record<keyof PersonDraft, Key> = {
    name: "panel.settings.people.name",
    role: "panel.settings.people.role",
    teams: "panel.settings.teams.title",
    hours: "panel.settings.people.hours",
  };
  return t(names[part]);
}

interface Props {
  person: PersonRow;
  all: readonly PersonRow[];
  teams: readonly TeamName[];
}

function Person({ person, all, teams }: Props) {
  const { people } = useStore();
  const editor = people.editor(person);
  const draft = editor.draft.value;
  const last = isLastAdmin(person, all);
  const refused = editor.problem.value?.field;
  return (
    <>
      <Lead>{personSentence(person)}</Lead>
      <p class={css.facts}>
        <span>{person.email}</span>
        {person.last_seen_at !== null && (
          <span>
            {t("panel.settings.people.seen", {
              when: sentenceTime(person.last_seen_at, today()),
            })}
          </span>
        )}
      </p>
      <NameField
        value={draft.name}
        problem={refused === "name" ? t("panel.settings.people.name_missing") : null}
        change={(name) => editor.set({ name })}
      />
      <RoleChoice
        value={draft.role}
        fixed={last ? t("panel.settings.people.last_admin") : null}
        choose={(role) => editor.set({ role })}
      />
      <TeamChoice
        teams={teams}
        value={draft.teams}
        change={(chosen) => editor.set({ teams: chosen })}
      />
      <HoursChoice
        value={draft.hours}
        refused={refused ?? ""}
        change={(hours) => editor.set({ hours })}
      />
      <Access person={person} last={last} />
    </>
  );
}

export function personSentence(person: PersonRow): string {
  const { name, disabled_at, invited, role } = person;
  const when = (at: string) => sentenceTime(at, today());
  if (disabled_at !== null) {
    return t("panel.settings.people.is_disabled", { name, when: when(disabled_at) });
  }
  if (invited) return t("panel.settings.people.is_invited", { name });
  if (person.works_again !== null) {
    return t("panel.settings.people.is_off", { name, when: when(person.works_again) });
  }
  return t("panel.settings.people.is", {
    name,
    role: t(`panel.me.${role}`).toLocaleLowerCase(locale()),
    state: t(`panel.settings.people.state.${person.state}`),
  });
}

/** What concerns signing in; each of these can be turned back, so nothing asks twice. */
function Access({ person, last }: { person: PersonRow; last: boolean }) {
  const { me } = usePanel();
  const { people } = useStore();
  const busy = useSignal(false);
  const said = useSignal<{ good: boolean; text: string } | null>(null);

  async function run(deed: PersonDeed, done: Key): Promise<void> {
    busy.value = true;
    const refusal = await people.do(deed, person.id);
    busy.value = false;
    said.value =
      refusal === null
        ? { good: true, text: t(done, { name: person.name, email: person.email }) }
        : { good: false, text: problem(refusal.error.code) };
  }

  const self = person.id === me.id;
  const off = person.disabled_at !== null;
  const button = (deed: PersonDeed, word: Key, done: Key) => (
    <button
      class={controls.button}
      type="button"
      disabled={busy.value}
      onClick={() => void run(deed, done)}
    >
      {t(word)}
    </button>
  );
  return (
    <Group
      label={t("panel.settings.people.access")}
      hint={accessHint(off, last, self)}
      problem={said.value !== null && !said.value.good ? said.value.text : null}
    >
      <div class={css.deeds}>
        {off &&
          button("people.enable", "panel.settings.people.enable", "panel.settings.people.enabled")}
        {!off &&
          person.invited &&
          button(
            "people.invite_again",
            "panel.settings.people.invite_again",
            "panel.settings.people.sent_again",
          )}
        {!off &&
          !person.invited &&
          button(
            "people.sign_out",
            "panel.settings.people.sign_out",
            "panel.settings.people.signed_out",
          )}
        {!off &&
          !last &&
          !self &&
          button(
            "people.disable",
            "panel.settings.people.disable",
            "panel.settings.people.now_disabled",
          )}
      </div>
      <p class={css.done} role="status">
        {said.value?.good && said.value.text}
      </p>
    </Group>
  );
}

function accessHint(off: boolean, last: boolean, self: boolean): string {
  if (off) return t("panel.settings.people.off_hint");
  if (last) return t("panel.settings.people.last_admin_stays");
  if (self) return t("panel.settings.people.self_hint");
  return t("panel.settings.people.disable_hint");
}
