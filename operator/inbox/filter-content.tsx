import { useId } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { isOn } from "./filter.ts";
import css from "./filter-menu.module.css";

/** By what the list can be narrowed down. */
export function FilterContent({ close }: { close: () => void }) {
  const { address, colleagues, me, teams } = usePanel();
  const people = colleagues.all.value.people;
  const filter = address.filter.value;
  const id = useId();
  return (
    <div class={css.content}>
      <label class={css.line}>
        <input
          type="checkbox"
          checked={filter.unread === true}
          onChange={({ currentTarget }) => {
            const { unread: _, ...others } = filter;
            address.narrow(currentTarget.checked ? { ...others, unread: true } : others);
          }}
        />
        {t("panel.filter.unread")}
      </label>
      {teams.value.length > 1 && (
        <>
          <label class={css.label} for={`${id}-team`}>
            {t("panel.filter.team")}
          </label>
          <select
            id={`${id}-team`}
            class={controls.field}
            value={filter.team ?? ""}
            onChange={({ currentTarget: { value } }) => {
              const { team: _, ...others } = filter;
              address.narrow(value === "" ? others : { ...others, team: value });
            }}
          >
            <option value="">{t("panel.filter.any")}</option>
            {teams.value.map((team) => (
              <option key={team.id} value={team.id}>
                {team.name}
              </option>
            ))}
          </select>
        </>
      )}
      {people.length > 1 && (
        <>
          <label class={css.label} for={`${id}-who`}>
            {t("panel.filter.assignee")}
          </label>
          <select
            id={`${id}-who`}
            class={controls.field}
            value={filter.assignee ?? ""}
            onChange={({ currentTarget: { value } }) => {
              const { assignee: _, ...others } = filter;
              address.narrow(value === "" ? others : { ...others, assignee: value });
            }}
          >
            <option value="">{t("panel.filter.anyone")}</option>
            {people.map((person) => (
              <option key={person.id} value={person.id}>
                {person.id === me.id ? t("common.you") : person.name}
              </option>
            ))}
          </select>
        </>
      )}
      {isOn(filter) && (
        <button
          class={cx(controls.button, css.clear)}
          type="button"
          onClick={() => {
            address.narrow({});
            close();
          }}
        >
          {t("panel.filter.clear")}
        </button>
      )}
    </div>
  );
}
