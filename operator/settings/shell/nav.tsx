import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { problem } from "../../ui/problem.ts";
import { useStore } from "../store.ts";
import { Go } from "./go.tsx";
import css from "./nav.module.css";
import { type Place, SECTIONS } from "./places.ts";
import { Plus } from "./plus.tsx";

interface Props {
  place: Place | null;
  admin: boolean;
}

export function Nav({ place, admin }: Props) {
  return (
    <nav class={css.nav} aria-label={t("panel.settings.title")}>
      <header class={css.head}>{t("panel.settings.title")}</header>
      <div class={css.scroll}>
        {admin && <Sites place={place} />}
        {admin ? (
          <Admin place={place} />
        ) : (
          <ul class={css.items}>
            <Item to="canned" name={t("panel.settings.canned.title")} here />
          </ul>
        )}
      </div>
    </nav>
  );
}

function Sites({ place }: { place: Place | null }) {
  const { sites } = useStore();
  const state = sites.list.state.value;
  const shown = place?.is === "site" ? place.site : null;
  useEffect(() => {
    void sites.list.read();
  }, [sites]);
  return (
    <>
      <ul class={css.items}>
        <Item to="" name={t("panel.settings.home.title")} here={place?.is === "home"} />
      </ul>
      <h2 class={css.group}>
        {t("panel.settings.sites")}
        <Plus to="sites/new" label={t("panel.settings.new_site.title")} />
      </h2>
      {state.is === "failed" && (
        <p class={css.failed} role="alert">
          {problem(state.code)}{" "}
          <button class={controls.link} type="button" onClick={() => void sites.list.read()}>
            {t("common.try_again")}
          </button>
        </p>
      )}
      <ul class={css.items}>
        {state.is === "here" &&
          state.value.sites.map(({ id, name, color }) => (
            <Item
              key={id}
              to={`sites/${id}`}
              name={name}
              color={color}
              unsaved={sites.unsaved.value.has(id)}
              here={shown === id && place?.is === "site" && place.section === null}
            >
              {shown === id && (
                <ul class={css.sections}>
                  {SECTIONS.map((section) => (
                    <Item
                      key={section}
                      to={`sites/${id}/${section}`}
                      name={t(`panel.settings.${section}.title` as Key)}
                      here={place?.is === "site" && place.section === section}
                    />
                  ))}
                </ul>
              )}
            </Item>
          ))}
      </ul>
    </>
  );
}

function Admin({ place }: { place: Place | null }) {
  const { people, replies } = useStore();
  const is = place?.is;
  useEffect(() => {
    void people.list.read();
  }, [people]);
  const teams = people.list.value()?.teams.length ?? 1;
  return (
    <>
      <h2 class={css.group}>{t("panel.settings.people.group")}</h2>
      <ul class={css.items}>
        <Item
          to="people"
          name={t("panel.settings.people.title")}
          unsaved={people.unsaved.value.size > 0}
          here={is === "people" || is === "person" || is === "invite"}
        />
        {(teams > 1 || is === "teams" || is === "team") && (
          <Item
            to="teams"
            name={t("panel.settings.teams.title")}
            here={is === "teams" || is === "team"}
          />
        )}
        <Item
          to="canned"
          name={t("panel.settings.canned.title")}
          unsaved={replies.unsaved.value.size > 0}
          here={is === "canned" || is === "reply"}
        />
      </ul>
      <h2 class={css.group}>{t("panel.settings.logs")}</h2>
      <ul class={css.items}>
        <Item to="audit" name={t("panel.settings.audit.title")} here={is === "audit"} />
        <Item to="mails" name={t("panel.settings.mails.title")} here={is === "mails"} />
      </ul>
    </>
  );
}

interface ItemProps {
  to: string;
  name: string;
  here: boolean;
  color?: string;
  unsaved?: boolean;
  children?: ComponentChildren;
}

function Item({ to, name, here, color, unsaved = false, children }: ItemProps) {
  return (
    <li>
      <Go to={to} class={css.item} here={here}>
        {color !== undefined && <i class={css.color} style={{ background: color }} />}
        <span class={controls.cut} title={name}>
          {name}
        </span>
        {unsaved && <span class={css.unsaved}>{t("panel.settings.unsaved_mark")}</span>}
      </Go>
      {children}
    </li>
  );
}
