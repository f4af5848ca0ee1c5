import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { usePanel } from "../../shell/context.ts";
import { today } from "../../shell/seconds.ts";
import { Avatar } from "../../ui/avatar.tsx";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Tag } from "../../ui/tag.tsx";
import { listTime, sentenceTime } from "../../ui/when.ts";
import type { PersonRow, TeamName } from "../shapes.ts";
import { Go } from "../shell/go.tsx";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { OwnIcon } from "../ui/icon.tsx";
import css from "./people-page.module.css";
import { StateWord } from "./state-word.tsx";

export function PeoplePage() {
  const { people } = useStore();
  useEffect(() => {
    void people.list.read();
  }, [people]);
  return (
    <Page
      title={t("panel.settings.people.title")}
      actions={
        <Go to="people/new" class={cx(controls.button, controls.main)}>
          <OwnIcon name="plus" />
          {t("panel.settings.people.invite")}
        </Go>
      }
    >
      <When of={people.list}>
        {({ people: all, teams }) => (
          <>
            <Lead>{peopleSentence(all)}</Lead>
            <ul class={css.list}>
              {all.map((person) => (
                <Person key={person.id} person={person} teams={teams} />
              ))}
            </ul>
            {teams.length < 2 && <OneTeam />}
          </>
        )}
      </When>
    </Page>
  );
}

export function peopleSentence(all: readonly PersonRow[]): string {
  const enabled = all.filter((each) => each.disabled_at === null);
  const invited = enabled.filter((each) => each.invited);
  const sentence = t("panel.settings.people.lead", { count: enabled.length - invited.length });
  return invited.length === 0
    ? sentence
    : `${sentence} ${t("panel.settings.people.lead_invited", { count: invited.length })}`;
}

function Person({ person, teams }: { person: PersonRow; teams: readonly TeamName[] }) {
  const { me } = usePanel();
  const { people } = useStore();
  const names = teams.filter(({ id }) => person.teams.includes(id)).map(({ name }) => name);
  const off = person.disabled_at !== null;
  return (
    <li>
      <Go to={`people/${person.id}`} class={cx(css.person, off && css.off)}>
        <Avatar name={person.name} photo={person.photo} />
        <span class={css.who}>
          <b class={controls.cut} title={person.name}>
            {person.name}
            {person.id === me.id && <span class={css.you}> ({t("common.you")})</span>}
          </b>
          <span class={controls.cut} title={person.email}>
            {person.email}
          </span>
        </span>
        <span class={css.role}>
          {t(`panel.me.${person.role}`)}
          {teams.length > 1 && names.length > 0 && (
            <span class={controls.cut}>{names.join(", ")}</span>
          )}
        </span>
        <span class={css.state}>
          {people.unsaved.value.has(person.id) && (
            <span class={css.unsaved}>{t("panel.settings.unsaved_mark")}</span>
          )}
          {off ? (
            <Tag>{t("panel.settings.people.disabled")}</Tag>
          ) : person.invited ? (
            <Tag tone="warn">{t("panel.settings.people.invited")}</Tag>
          ) : (
            <>
              <StateWord state={person.state} />
              {person.works_again !== null && (
                <span class={css.seen}>
                  {t("panel.settings.people.works_again", {
                    when: sentenceTime(person.works_again, today()),
                  })}
                </span>
              )}
              {person.works_again === null &&
                person.state === "offline" &&
                person.last_seen_at !== null && (
                  <span class={css.seen}>{listTime(person.last_seen_at, today())}</span>
                )}
            </>
          )}
        </span>
      </Go>
    </li>
  );
}

/** Teams aren't spoken of until there are two; here is the way to the second. */
function OneTeam() {
  return (
    <p class={css.teams}>
      {t("panel.settings.teams.one")} <Go to="teams">{t("panel.settings.teams.make_second")}</Go>
    </p>
  );
}
