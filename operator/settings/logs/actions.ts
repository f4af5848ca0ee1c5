import { type Key, t } from "../../../browser/i18n.ts";

/** Actions that have words here, as the server writes them into the log. */
export const ACTIONS = [
  "person.invited",
  "person.changed",
  "person.disabled",
  "person.enabled",
  "person.signed_out",
  "team.made",
  "team.changed",
  "team.removed",
  "site.created",
  "site.saved",
  "site.removed",
  "site.secret_made",
  "site.secret_shown",
] as const;

const PARTS = ["name", "role", "teams", "members"];
const ROLES = ["operator", "supervisor", "admin"];

/** What a part of a thing is called; one that is new here has its own name. */
export function partWord(part: string): string {
  return PARTS.includes(part) ? t(`panel.settings.audit.part.${part}` as Key) : part;
}

export function valueWord(part: string, value: string): string {
  return part === "role" && ROLES.includes(value) ? t(`panel.me.${value}` as Key) : value;
}
