import type { OperatorCommands } from "../../browser/protocol.ts";

/** Shapes of the commands that these pages use, by what they are here. */

type Answer<C extends keyof OperatorCommands> = OperatorCommands[C]["output"];
type Input<C extends keyof OperatorCommands> = OperatorCommands[C]["input"];

export type SiteList = Answer<"site.list">;
/** In answers everything is filled in that a request may leave out. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Part in keyof T]-?: Whole<T[Part]> }
    : T;

export type AdminSite = Whole<Answer<"site.get">>;
export type SiteSettings = AdminSite["settings"];
export type SitePage = Answer<"site.preview">;
export type SiteChanges = Input<"site.save">["changes"];
export type SiteChoices = Answer<"site.choices">;
export type SiteWhen = Answer<"site.when">;
export type LookSettings = SiteSettings["look"];
export type FieldSettings = SiteSettings["fields"][number];
export type TopicSettings = SiteSettings["topics"][number];
export type HoursSettings = SiteSettings["hours"];
export type HoursInterval = HoursSettings["week"][number][number];

export type PersonRow = Answer<"people.list">["people"][number];
export type PersonHours = NonNullable<PersonRow["hours"]>;
export interface PeopleList {
  people: PersonRow[];
  teams: TeamName[];
}
export type Colleague = Pick<PersonRow, "id" | "name" | "photo" | "role" | "teams" | "state">;
export type Colleagues = Answer<"colleagues.list">;
export type TeamName = Colleagues["teams"][number];
export type Role = PersonRow["role"];

export type Canned = Answer<"canned.list">["replies"][number];
export type AuditEntry = Answer<"audit.list">["entries"][number];
export type MailEntry = Answer<"mails.list">["mails"][number];
