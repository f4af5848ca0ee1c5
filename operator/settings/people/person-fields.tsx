import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { Group, Row } from "../form/row.tsx";
import type { Role, TeamName } from "../shapes.ts";
import css from "./person-fields.module.css";

const ROLES: readonly Role[] = ["operator", "supervisor", "admin"];

interface RoleProps {
  value: Role;
  /** Why it can't be another one. */
  fixed?: string | null;
  problem?: string | null;
  choose(role: Role): void;
}

/** Each role with what it may do: nobody has to guess. */
export function RoleChoice({ value, fixed = null, problem, choose }: RoleProps) {
  return (
    <Group label={t("panel.settings.people.role")} hint={fixed} problem={problem}>
      <div class={css.roles}>
        {ROLES.map((role) => (
          <label key={role} class={css.role}>
            <input
              type="radio"
              name="role"
              value={role}
              checked={role === value}
              disabled={fixed !== null && role !== value}
              onChange={() => choose(role)}
            />
            <b>{t(`panel.me.${role}`)}</b>
            <span>{t(`panel.settings.people.may.${role}`)}</span>
          </label>
        ))}
      </div>
    </Group>
  );
}

interface TeamProps {
  teams: readonly TeamName[];
  value: readonly string[];
  change(teams: string[]): void;
}

/** Not spoken of while there is one team: everybody is in it. */
export function TeamChoice({ teams, value, change }: TeamProps) {
  if (teams.length < 2) return null;
  return (
    <Group
      label={t("panel.settings.teams.title")}
      hint={value.length === 0 ? t("panel.settings.people.no_team") : undefined}
    >
      <div class={css.teams}>
        {teams.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={value.includes(id)}
              onChange={({ currentTarget }) => {
                const rest = value.filter((each) => each !== id);
                change(currentTarget.checked ? [...rest, id] : rest);
              }}
            />
            {name}
          </label>
        ))}
      </div>
    </Group>
  );
}

interface NameProps {
  value: string;
  problem: string | null;
  change(name: string): void;
}

export function NameField({ value, problem, change }: NameProps) {
  return (
    <Row
      label={t("panel.settings.people.name")}
      hint={t("panel.settings.people.name_hint")}
      problem={problem}
    >
      {(control) => (
        <input
          {...control}
          class={controls.field}
          maxLength={200}
          autocomplete="off"
          value={value}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
    </Row>
  );
}
