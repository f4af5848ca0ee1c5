import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { listed } from "../languages.ts";
import { Go } from "../shell/go.tsx";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { OwnIcon } from "../ui/icon.tsx";
import css from "../ui/lines.module.css";

const NAMED = 4;

export function TeamsPage() {
  const { people } = useStore();
  useEffect(() => {
    void people.list.read();
  }, [people]);
  return (
    <Page
      title={t("panel.settings.teams.title")}
      actions={
        <Go to="teams/new" class={cx(controls.button, controls.main)}>
          <OwnIcon name="plus" />
          {t("panel.settings.teams.new")}
        </Go>
      }
    >
      <When of={people.list}>
        {({ people: all, teams }) => (
          <>
            <Lead sub={t("panel.settings.teams.sub")}>
              {teams.length < 2
                ? t("panel.settings.teams.one")
                : t("panel.settings.teams.lead", { count: teams.length })}
            </Lead>
            <ul class={css.lines}>
              {teams.map(({ id, name }) => {
                const names = all
                  .filter((each) => each.teams.includes(id))
                  .map((each) => each.name);
                const more = names.length - NAMED;
                const shown = more > 1 ? [...names.slice(0, NAMED), `+${more}`] : names;
                return (
                  <li key={id}>
                    <Go to={`teams/${id}`} class={css.line}>
                      <b class={controls.cut}>{name}</b>
                      <span>
                        {names.length === 0 ? t("panel.settings.teams.nobody") : listed(shown)}
                      </span>
                      <OwnIcon name="chevron-right" />
                    </Go>
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </When>
    </Page>
  );
}
