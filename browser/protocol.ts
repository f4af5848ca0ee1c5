// Generated from the command table by `python -m kell.web.protocol`. Do not edit.
// Times are ISO 8601 in UTC with milliseconds, ids 32 hex digits.

/** Add a note that only colleagues see. */
export interface AddNote {
  conversation: string;
  client_id: string;
  text: string;
}

/** A site as admins see it. `script` is the line to paste. */
export interface AdminSite {
  id: string;
  key: string;
  revision: number;
  settings: SiteSettings;
  installed: Installed;
  script: string;
  /** whether identities can be signed */
  secret: boolean;
}

/** Ask for the secret; `renew` makes another, and what was signed before ends at once. */
export interface AskSecret {
  site: string;
  renew?: boolean;
}

/**
 * Hand over to a colleague, or to a team's queue, perhaps with a note that comes first.
 *
 * One of `operator` and `team` is named. The `client_id` is the note's.
 */
export interface AssignConversation {
  conversation: string;
  operator?: string | null;
  team?: string | null;
  note?: string | null;
  client_id?: string | null;
}

/** One thing that was one way and became another. */
export interface AuditChange {
  field: string;
  before: string | null;
  after: string | null;
}

export interface AuditPage {
  entries: AuditRow[];
  next: string | null;
}

/** A page of the log; `after` is the `next` of the page before. */
export interface AuditQuery {
  after?: string | null;
}

/** Who did what, when, from where. */
export interface AuditRow {
  id: string;
  at: string;
  who: string | null;
  action: string;
  subject: string | null;
  changes: AuditChange[];
  address: string;
}

/**
 * The revs of the threads that are open on this client, as the database has them.
 *
 * `counts` holds, per team, the number of the last frame that this process has sent.
 */
export interface Beat {
  at: string;
  revs: Record<string, number>;
  counts: Record<string, number>;
}

/** A reply behind `/shortcut`. `team` is set if it is a team's. */
export interface Canned {
  id: string;
  scope: "own" | "team" | "all";
  team: string | null;
  shortcut: string;
  text: string;
  may_edit: boolean;
  changed_at: string;
}

export interface CannedList {
  replies: Canned[];
}

/** A card that was put into this one, and can be taken out again. */
export interface CardMerge {
  id: string;
  name: string | null;
  email: string | null;
  at: string;
}

/** A browser in which a customer wrote. */
export interface CardVisitor {
  id: string;
  number: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  last_seen_at: string;
}

/** A new password, and the present one as a proof. */
export interface ChangePassword {
  present: string;
  new: string;
}

/** The `at` of `hello`, then the `next` of the answer before. */
export interface ChangesAfter {
  after: string;
}

/** Start a chat with its first message; the same `start_id` starts the same chat. */
export interface ChatStart {
  start_id: string;
  /** answers by the field's id; a consent's is the policy's version */
  form?: Record<string, string>;
  /** in which the form was shown */
  lang?: string;
  client_id: string;
  text: string;
  page?: Page | null;
  /** the proof that a person writes */
  gate?: string | null;
}

export interface ChatStarted {
  id: string;
  seq: number;
  rev: number;
  at: string;
  change: VisitorChange | null;
  conversation: string;
}

/** The `id` of an uploaded picture, or none. */
export interface ChoosePhoto {
  picture: string | null;
}

/** How colleagues are to see one. */
export interface ChooseState {
  state: "online" | "busy" | "away";
}

/** Somebody to hand a conversation over to. */
export interface Colleague {
  id: string;
  name: string;
  photo: string | null;
  role: "operator" | "supervisor" | "admin";
  teams: string[];
  state: "online" | "busy" | "away" | "offline";
  /** outside of their hours: when those begin again */
  works_again: string | null;
}

export interface ColleagueState {
  operator: string;
  state: "online" | "busy" | "away" | "offline";
}

/** Whose state is another one now. */
export interface ColleagueStates {
  people: ColleagueState[];
}

/** Everybody who may sign in, by name, and all teams. */
export interface Colleagues {
  people: Colleague[];
  teams: TeamName[];
}

/** A country whose holidays are known, and its parts. */
export interface CountryChoice {
  code: string;
  subdivisions: string[];
}

/** Make a site, of the first team unless one is named. */
export interface CreateSite {
  name: string;
  team?: string | null;
  language?: "en" | "et" | "ru" | "uk";
}

/** The conversation that the widget opens with, and how far it has come. */
export interface CurrentConversation {
  id: string;
  rev: number;
}

/** How far each side has come: the `seq` of the last message. */
export interface Cursors {
  visitor: number;
  operator: number;
}

/** Whom we serve (ROUTE-1). Of all this the visitor is shown nothing. */
export interface CustomerCard {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  company: string | null;
  note: string;
  fields: Record<string, string>;
  created_at: string;
  visitors: CardVisitor[];
  merges: CardMerge[];
}

/** A card is another now, or part of another: read it again. */
export interface CustomerChanged {
  id: string;
}

/** A page of a customer's conversations. */
export interface CustomerChats {
  rows: InboxRow[];
  next: string | null;
}

export interface CustomerConversations {
  customer: string;
  after?: string | null;
}

/** This process stops: connect again after a random time of up to `delay` seconds. */
export interface Drain {
  delay: number;
}

/** Ask for the page before a `line`. */
export interface EarlierLines {
  conversation: string;
  before: number;
}

/** Ask for the page before a `seq`. */
export interface EarlierMessages {
  conversation: string;
  before: number;
}

/** An older page of a thread, oldest row first. */
export interface EarlierPage {
  messages: OperatorMessage[];
  earlier: boolean;
}

/**
 * A field of the questionnaire (CHAT-3).
 *
 * The ids `name`, `email`, `phone`, `topic` and `reach` mean what they say; others are
 * the admin's own.
 */
export interface FieldSettings {
  id: string;
  kind: "text" | "long_text" | "email" | "phone" | "choice" | "topic" | "consent" | "reach";
  required?: boolean;
  when?: "always" | "online" | "offline";
  topics?: string[];
  labels?: Record<string, string>;
  options?: OptionSettings[];
  policy?: PolicySettings | null;
}

/** Words of a name, of which the last may be a beginning; an e-mail or a phone. */
export interface FindCustomers {
  text: string;
}

export interface Forgot {
  email: string;
}

/**
 * A field of the questionnaire, in one language.
 *
 * `topics`: shown only when the topic is one of these; none means any.
 */
export interface FormField {
  id: string;
  kind: "text" | "long_text" | "email" | "phone" | "choice" | "topic" | "consent" | "reach";
  label: string;
  required: boolean;
  when: "always" | "online" | "offline";
  topics: string[];
  options: FormOption[];
  policy: FormPolicy | null;
}

export interface FormOption {
  id: string;
  label: string;
}

/** What a consent agrees to: answer it with the version. */
export interface FormPolicy {
  url: string;
  version: string;
}

export interface FoundCustomer {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
}

export interface FoundCustomers {
  customers: FoundCustomer[];
}

/** A row of the list, with what fits. */
export interface FoundRow {
  id: string;
  rev: number;
  conversation: OperatorConversation;
  hit: Hit;
}

/** A conversation has left your reach: forget it. */
export interface Gone {
  id: string;
}

/** Why a conversation was found. Of a visitor's details there is only the text. */
export interface Hit {
  field: "message" | "note" | "name" | "email" | "phone" | "number" | "card";
  message: string | null;
  line: number | null;
  author: Person | null;
  at: string | null;
  /** the part where the words stand */
  text: string;
  ranges: Span[];
}

export interface Holiday {
  day: string;
  name: string;
}

export interface HolidayList {
  days: Holiday[];
}

/** Ask for a year's public holidays. */
export interface HolidaysOf {
  country: string;
  subdivision?: string | null;
  lang?: string;
  year: number;
}

/** A day that isn't like its weekday; without intervals it is closed. */
export interface HoursException {
  day: string;
  intervals?: HoursInterval[];
}

/** By the wall clock of the zone; what closes no later than it opens, closes next day. */
export interface HoursInterval {
  opens: string;
  closes: string;
}

/** When somebody answers (CHAT-2). */
export interface HoursSettings {
  /** day and night: nothing else here counts */
  always?: boolean;
  zone?: string;
  week?: HoursInterval[][];
  exceptions?: HoursException[];
  /** closed on the country's public holidays */
  holidays?: boolean;
  country?: string | null;
  subdivision?: string | null;
}

/** Whether it was signed. A `token` replaces yours, which has ended: connect with it. */
export interface Identified {
  verified: boolean;
  token: string | null;
}

/** Who this is: a `token` (JWT), or a `user` with `expires` and `hash`, or without. */
export interface Identify {
  token?: string | null;
  user?: NamedUser | null;
  /** seconds since 1970 */
  expires?: number | null;
  hash?: string | null;
}

/** How many open conversations within reach there are in each view. */
export interface InboxCounts {
  mine: number;
  team: number;
  queue: number;
  all: number;
  /** of all, how many wait for a person */
  waiting: number;
  /** of all, how many have unread messages */
  unread: number;
}

/** A page of a list: who waits, longest first; then the rest, newest message first. */
export interface InboxPage {
  rows: InboxRow[];
  next: string | null;
  /** open conversations within reach that wait */
  waiting: number;
}

/** A view of the list, and what its rows must have besides. */
export interface InboxQuery {
  view?: "mine" | "team" | "queue" | "all" | "closed";
  after?: string | null;
  site?: string | null;
  team?: string | null;
  assignee?: string | null;
  channel?: string | null;
  topic?: string | null;
  /** only with messages that nobody has read */
  unread?: boolean;
}

export interface InboxRow {
  id: string;
  rev: number;
  conversation: OperatorConversation;
}

/** Where the widget was last seen; `wrong_origin`: only on pages that may not embed it. */
export interface Installed {
  state: "never" | "ok" | "wrong_origin";
  at: string | null;
  origin: string | null;
}

/** Who is asked to join. */
export interface InvitePerson {
  email: string;
  name: string;
  role: "operator" | "supervisor" | "admin";
  teams: string[];
}

/** What a row of the list says about the newest message. */
export interface LastMessage {
  line: number;
  kind: "message" | "note" | "event";
  author: Person;
  /** the first 200 characters */
  text: string | null;
  at: string;
  deleted: boolean;
}

/** Whom a link lets in, and why. */
export interface LinkAbout {
  kind: "invitation" | "reset";
  name: string;
  email: string;
}

/** Open conversations, those of them that wait, and since when the longest does. */
export interface Load {
  open: number;
  waiting: number;
  longest: string | null;
}

export interface LoadRow {
  operator: Colleague;
  load: Load;
}

/** What signs an operator in. */
export interface Login {
  email: string;
  password: string;
}

/** How the launcher and the chat look. */
export interface LookSettings {
  color?: string;
  position?: "right" | "left";
  scheme?: "light" | "dark" | "auto";
  picture?: string | null;
  /** whose photo it is, instead of a picture */
  person?: string | null;
}

/** Newest first. Unless `ready`, mails are only kept in the data folder. */
export interface MailPage {
  mails: MailRow[];
  next: string | null;
  /** a server that takes mails is named */
  ready: boolean;
}

/** A page of the log; `after` is the `next` of the page before. */
export interface MailQuery {
  after?: string | null;
}

/** A mail without its words: those are in no log. */
export interface MailRow {
  id: string;
  at: string;
  to: string;
  /** reply, invitation, reset */
  kind: string;
  /** queued, sent, failed, dropped (nothing to say) */
  state: string;
  tries: number;
  error: string | null;
  sent_at: string | null;
  conversation: string | null;
}

/** Move a cursor forward to `seq`; it never goes back. */
export interface MarkSeq {
  conversation: string;
  seq: number;
}

/** What operators see of themselves. */
export interface Me {
  id: string;
  name: string;
  email: string;
  role: "operator" | "supervisor" | "admin";
  photo: string | null;
  /** the first login is still as it was printed */
  setup?: boolean;
}

/** Put the card `source` into the card `customer`. */
export interface MergeCustomers {
  customer: string;
  source: string;
}

/** Who a page says this is. */
export interface NamedUser {
  id: string;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
}

/** An empty object. */
export type Nothing = Record<string, never>;

export interface OneCanned {
  id: string;
}

export interface OneConversation {
  conversation: string;
}

export interface OneCustomer {
  customer: string;
}

/** The words of a link from a mail. */
export interface OneLink {
  link: string;
}

export interface OneMessage {
  conversation: string;
  message: string;
}

export interface OneOperator {
  operator: string;
}

export interface OnePerson {
  person: PersonRow;
}

export interface OneSession {
  session: string;
}

export interface OneSite {
  site: string;
}

export interface OneTeam {
  team: string;
}

/** Whether it is open now, until or from when, and the next five public holidays. */
export interface OpenNow {
  open: boolean;
  closes: string | null;
  next_open: string | null;
  holiday: string | null;
  holidays: Holiday[];
}

/** The site whose widget is opened; without it, the only one. */
export interface OpenSession {
  site?: string;
  /** from the link in a mail: the same chat */
  resume?: string | null;
}

/** The newest page of a thread, and who is on the other side. */
export interface OpenedConversation {
  id: string;
  rev: number;
  conversation: OperatorConversation;
  messages: OperatorMessage[];
  team: string;
  n?: number;
  reset: boolean;
  earlier: boolean;
  visitor: VisitorCard;
  /** colleagues who have it open too */
  viewers: Viewer[];
}

/** The same for operators. `n` numbers the frames to one team by one process. */
export interface OperatorChange {
  id: string;
  rev: number;
  conversation: OperatorConversation;
  messages: OperatorMessage[];
  team: string;
  n?: number;
}

/**
 * Conversations that changed, each with its last step: like pushes of which some got lost.
 *
 * With `more`, read the lists that are shown again.
 */
export interface OperatorChanges {
  at: string;
  next: string;
  changes: OperatorChange[];
  /** has left your reach: forget it */
  gone: string[];
  /** too many have changed to name them */
  more: boolean;
}

/** A conversation as operators see it, in lists and above the thread. */
export interface OperatorConversation {
  id: string;
  /** what people call it by */
  number: number;
  status: "open" | "closed";
  channel: string;
  topic: string | null;
  seq: number;
  lines: number;
  /** messages that no operator has read */
  unread: number;
  site: SiteName;
  team: string;
  visitor: VisitorName;
  assignee: Person | null;
  waiting_since: string | null;
  /** when who waits has waited too long */
  late_at: string | null;
  last: LastMessage | null;
  delivered: Cursors;
  read: Cursors;
  created_at: string;
  closed_at: string | null;
}

/** The state after an action; `change` is null when there was nothing to change. */
export interface OperatorDone {
  rev: number;
  change: OperatorChange | null;
}

/** A row of the thread as operators see it, in the order of `line`. */
export interface OperatorMessage {
  id: string;
  seq: number;
  rev: number;
  client_id: string;
  author: Person;
  text: string | null;
  quote: Quote | null;
  at: string;
  deleted: boolean;
  line: number;
  kind: "message" | "note" | "event";
  event: string | null;
  /** when it left by e-mail (CHAT-13) */
  mailed_at: string | null;
  deleted_at: string | null;
  deleted_by: Person | null;
}

/** It is on disk. `change` is what the others are told, or null on a repeat. */
export interface OperatorSent {
  id: string;
  seq: number;
  rev: number;
  at: string;
  line: number;
  change: OperatorChange | null;
}

/** All rows with a rev after yours. With `reset` it is the newest page: forget the others. */
export interface OperatorSync {
  id: string;
  rev: number;
  conversation: OperatorConversation;
  messages: OperatorMessage[];
  team: string;
  n?: number;
  reset: boolean;
  earlier: boolean;
}

/** The first event after a connect: read the lists that are shown again. */
export interface OperatorWelcome {
  at: string;
  operator: Me;
  teams: TeamStream[];
}

/** One answer of a choice. */
export interface OptionSettings {
  id: string;
  labels: Record<string, string>;
}

export interface OwnState {
  state: "online" | "busy" | "away";
}

/** A page of the embedding site. */
export interface Page {
  url: string;
  title?: string;
}

/** The page that a visitor is on, since when. */
export interface PageSeen {
  url: string;
  title: string;
  at: string;
}

/** The page that a visitor has opened, and what their clock goes by. */
export interface PageVisit {
  url: string;
  title?: string;
  /** its IANA name */
  time_zone?: string | null;
}

export interface People {
  people: PersonRow[];
}

/** Who wrote or did something. A nameless visitor has no name; the browser finds words. */
export interface Person {
  kind: "visitor" | "operator" | "system";
  id: string;
  name: string | null;
  photo: string | null;
}

/** When somebody works, by the clock of their zone; the week begins on Monday. */
export interface PersonHours {
  zone: string;
  week: HoursInterval[][];
}

export interface PersonOnline {
  name: string;
  photo: string | null;
}

/** What admins see of somebody. */
export interface PersonRow {
  id: string;
  name: string;
  photo: string | null;
  role: "operator" | "supervisor" | "admin";
  teams: string[];
  state: "online" | "busy" | "away" | "offline";
  /** outside of their hours: when those begin again */
  works_again: string | null;
  email: string;
  created_at: string;
  /** asked to join, and has not come yet */
  invited: boolean;
  disabled_at: string | null;
  /** of their sessions, to the hour */
  last_seen_at: string | null;
  hours: PersonHours | null;
}

/** A picture that was kept. One that nothing uses is removed after a day. */
export interface Picture {
  id: string;
  url: string;
}

/** What a visitor agrees to; a new version asks anew. */
export interface PolicySettings {
  url: Record<string, string>;
  version: string;
}

/** Ask what a visitor would get if this were saved. */
export interface PreviewSite {
  site: string;
  changes: SiteChanges;
  lang?: string;
}

/** The message that another one answers (CHAT-7). Its text goes when the original's does. */
export interface Quote {
  id: string;
  seq: number;
  author: Person;
  /** the first 200 characters */
  text: string | null;
  deleted: boolean;
}

/** A reply; without an `id` a new one. */
export interface SaveCanned {
  id?: string | null;
  scope: "own" | "team" | "all";
  team?: string | null;
  shortcut: string;
  text: string;
}

/** What is left out stays as it was; an empty text empties. */
export interface SaveCustomer {
  customer: string;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  company?: string | null;
  note?: string | null;
  fields?: Record<string, string> | null;
}

/** A name, a role, all teams and the hours of somebody; without hours they always work. */
export interface SavePerson {
  operator: string;
  name: string;
  role: "operator" | "supervisor" | "admin";
  teams: string[];
  hours?: PersonHours | null;
}

export interface SaveProfile {
  name: string;
}

/** Write what was changed since `revision`. */
export interface SaveSite {
  site: string;
  revision: number;
  changes: SiteChanges;
}

/** A team with all its members; without an `id` a new one. */
export interface SaveTeam {
  id?: string | null;
  name: string;
  members: string[];
}

export interface SavedCanned {
  reply: Canned;
}

export interface SavedTeam {
  team: TeamRow;
}

/**
 * Found by person first, then by message, newest first; each conversation once.
 *
 * Work per page is bounded: a page may be short, or empty, and more follow while `next` is set.
 * A later page may bring an older match of a conversation that was found before.
 */
export interface SearchPage {
  rows: FoundRow[];
  next: string | null;
}

/** Words of which all must stand in one message, or in what is known of a visitor. */
export interface SearchQuery {
  /** the last word may be a beginning; case and accents don't matter */
  q: string;
  after?: string | null;
}

/** Add a message; the same `client_id` adds it once. */
export interface SendMessage {
  conversation: string;
  client_id: string;
  text: string;
  quote?: string | null;
}

/** A browser in which one is signed in. */
export interface SessionRow {
  id: string;
  current: boolean;
  created_at: string;
  /** to the hour */
  seen_at: string;
  browser: string | null;
  system: string | null;
  address: string | null;
}

export interface Sessions {
  sessions: SessionRow[];
}

/** The first admin's own name, e-mail and password. */
export interface SetUp {
  name: string;
  email: string;
  password: string;
}

/** Who is signed in in this browser. */
export interface SignedIn {
  operator: Me;
}

/** The parts that an admin has changed; what isn't named stays. */
export interface SiteChanges {
  name?: string | null;
  language?: "en" | "et" | "ru" | "uk" | null;
  team?: string | null;
  look?: LookSettings | null;
  texts?: Record<string, Record<string, string>> | null;
  fields?: FieldSettings[] | null;
  topics?: TopicSettings[] | null;
  hours?: HoursSettings | null;
  origins?: string[] | null;
  show_people?: boolean | null;
  show_reply_time?: boolean | null;
  /** empty: none any more */
  phone_country?: string | null;
}

/** What may be chosen. `texts`: by language and key, our words for what a site may reword. */
export interface SiteChoices {
  zones: string[];
  countries: CountryChoice[];
  phone_countries: string[];
  texts: Record<string, Record<string, string>>;
}

export interface SiteList {
  sites: SiteRow[];
}

export interface SiteLook {
  color: string;
  position: "right" | "left";
  scheme: "light" | "dark" | "auto";
  photo: string | null;
}

export interface SiteName {
  id: string;
  name: string;
}

/**
 * Who answers, and when (CHAT-2).
 *
 * `online`: within working hours, somebody is there. `away`: nobody is. `closed`: outside
 * of them, until `next_open` if that is known.
 */
export interface SiteOnline {
  state: "online" | "away" | "closed";
  /** empty if the site doesn't show them */
  people: PersonOnline[];
  /** how many there are beside these people */
  more: number;
  next_open: string | null;
  /** why it is closed today */
  holiday: string | null;
  /** the usual wait for a first answer */
  reply_minutes: number | null;
}

/** All that the chat has to know, inside its page. `texts` are the site's own words. */
export interface SitePage {
  revision: number;
  key: string;
  name: string;
  lang: "en" | "et" | "ru" | "uk";
  look: SiteLook;
  texts: Record<string, string>;
  fields: FormField[];
  country: string | null;
  online: SiteOnline;
}

/** In which language; without it the site's. */
export interface SitePageQuery {
  lang?: string;
}

/** A site in the list. */
export interface SiteRow {
  id: string;
  key: string;
  name: string;
  color: string;
  installed: Installed;
}

/** What the site's own server signs identities with. Never for browsers. */
export interface SiteSecret {
  secret: string;
}

/** All of it. */
export interface SiteSettings {
  look?: LookSettings;
  texts?: Record<string, Record<string, string>>;
  fields?: FieldSettings[];
  topics?: TopicSettings[];
  hours?: HoursSettings;
  /** who may embed it; none means any page */
  origins?: string[];
  show_people?: boolean;
  show_reply_time?: boolean;
  /** of bare numbers */
  phone_country?: string | null;
  name: string;
  language: "en" | "et" | "ru" | "uk";
  team: string;
}

/** A part of a text, in UTF-16 units: `text.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
}

/** The visitors who get a card of their own. */
export interface SplitCustomer {
  customer: string;
  visitors: string[];
}

/** Ask for everything after a rev; 0 asks for all. */
export interface SyncConversation {
  conversation: string;
  after?: number;
}

/** How much everybody has, and how much nobody has yet. */
export interface TeamLoad {
  people: LoadRow[];
  queue: Load;
}

export interface TeamName {
  id: string;
  name: string;
}

export interface TeamRow {
  id: string;
  name: string;
  members: string[];
}

/** A team whose frames come to this socket, and the number of the last one before. */
export interface TeamStream {
  id: string;
  name: string;
  n: number;
}

/** What a chat is about; it may belong to another team than the site's (REACH-1). */
export interface TopicSettings {
  id: string;
  labels: Record<string, string>;
  team?: string | null;
}

/** Somebody is typing; it dies by itself at `until`. */
export interface Typing {
  conversation: string;
  author: Person;
  until: string;
}

export interface UnmergeCustomers {
  customer: string;
  merge: string;
}

/** A password, and of somebody who was invited perhaps another name. */
export interface UseLink {
  link: string;
  password: string;
  name?: string | null;
}

/** Say it on opening, every 15 s while it is in front, and with `open: false` on leaving. */
export interface ViewConversation {
  conversation: string;
  open: boolean;
}

/** A colleague who has the conversation open, until then unless they say so again. */
export interface Viewer {
  operator: Person;
  until: string;
}

export interface Viewers {
  others: Viewer[];
}

/** A colleague has opened the conversation, still has it open, or (null) has left it. */
export interface Viewing {
  conversation: string;
  operator: Person;
  until: string | null;
}

/** What a visitor was asked before a chat, and answered. */
export interface VisitorAnswer {
  id: string;
  label: string;
  value: string;
}

/** What an operator sees about a visitor beside the thread (CHAT-9). */
export interface VisitorCard {
  id: string;
  /** a short number to call the nameless by */
  number: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  answers: VisitorAnswer[];
  /** who this is on the site */
  user_id: string | null;
  /** whether the site has signed that */
  verified: boolean;
  ip: string | null;
  /** the /24 or /64 that the address is in */
  network: string | null;
  network_private: boolean;
  user_agent: string | null;
  /** Firefox 144 */
  browser: string | null;
  /** Android 15 */
  system: string | null;
  language: string | null;
  /** its IANA name */
  time_zone: string | null;
  started_on: Page | null;
  page: PageSeen | null;
  /** the last 20, newest first */
  pages: PageSeen[];
  visits: number;
  first_seen_at: string;
  last_seen_at: string;
  /** on the site now */
  here?: boolean;
  customer: string | null;
  /** identity, email or phone; null: new */
  known_by: string | null;
}

/** What changed, with the state after it: take it if `rev` is yours + 1. */
export interface VisitorChange {
  id: string;
  rev: number;
  conversation: VisitorConversation;
  messages: VisitorMessage[];
}

/** A conversation as its visitor sees it. */
export interface VisitorConversation {
  id: string;
  status: "open" | "closed";
  seq: number;
  operator: Person | null;
  delivered: Cursors;
  read: Cursors;
  created_at: string;
  closed_at: string | null;
}

/** An older page of a thread, oldest message first. */
export interface VisitorEarlierPage {
  messages: VisitorMessage[];
  earlier: boolean;
}

/** A message as its visitor sees it. A deleted one stays as an empty row. */
export interface VisitorMessage {
  id: string;
  seq: number;
  rev: number;
  client_id: string;
  author: Person;
  text: string | null;
  quote: Quote | null;
  at: string;
  deleted: boolean;
}

/** A visitor has opened another page, or left the site. */
export interface VisitorMoved {
  visitor: string;
  /** null: they have left */
  page: PageSeen | null;
  here: boolean;
  last_seen_at: string;
}

/** Whom an operator talks to; `number` is what to call the nameless by. */
export interface VisitorName {
  id: string;
  number: number;
  name: string | null;
  email: string | null;
}

/** It is on disk. `change` is what the others are told, or null on a repeat. */
export interface VisitorSent {
  id: string;
  seq: number;
  rev: number;
  at: string;
  change: VisitorChange | null;
}

/** The token is all that a visitor has: keep it, and send it with everything. */
export interface VisitorSession {
  token: string;
  /** that of the mail: open it, not the newest one */
  conversation?: string | null;
}

/** All rows with a rev after yours. With `reset` it is the newest page: forget the others. */
export interface VisitorSync {
  id: string;
  rev: number;
  conversation: VisitorConversation;
  messages: VisitorMessage[];
  reset: boolean;
  earlier: boolean;
}

/** The first event after a connect. Sync if your rev is another. */
export interface VisitorWelcome {
  at: string;
  visitor: string;
  conversation: CurrentConversation | null;
  online: SiteOnline;
}

/** Ask what these hours mean. */
export interface WhenOpen {
  hours: HoursSettings;
  lang?: string;
}

/** Who is signed in in this browser; nobody is no error. */
export interface WhoAmI {
  operator: Me | null;
}

export interface VisitorCommands {
  /** Start a chat with its first message. */
  "chat.start": { input: ChatStart; output: ChatStarted };
  /** Return the page of a thread before a message. */
  "conversation.earlier": { input: EarlierMessages; output: VisitorEarlierPage };
  /** Return everything of a conversation that came after a rev. */
  "conversation.sync": { input: SyncConversation; output: VisitorSync };
  /** Return what a socket hears as `welcome`: for clients without one. */
  "hello": { input: Nothing; output: VisitorWelcome };
  /** Say who the visitor is; what is signed finds their chats from other devices (REACH-2). */
  "identify": { input: Identify; output: Identified };
  /** Forget the visitor in this browser: the token ends, and every socket that came with it. */
  "logout": { input: Nothing; output: Nothing };
  /** Say how far the visitor's browser has received. */
  "mark.delivered": { input: MarkSeq; output: Nothing };
  /** Say how far the visitor has read. */
  "mark.read": { input: MarkSeq; output: Nothing };
  /** Add a message to a conversation of one's own; a recently closed one opens again. */
  "message.send": { input: SendMessage; output: VisitorSent };
  /** Say which page the visitor is on: once for each that they open. */
  "page": { input: PageVisit; output: Nothing };
  /** Return what stood in the page, as it is now: when the form has changed meanwhile. */
  "site.page": { input: SitePageQuery; output: SitePage };
  /** Say that the visitor is typing; it is shown for 6 seconds. */
  "typing": { input: OneConversation; output: Nothing };
}

export interface VisitorEvents {
  "welcome": VisitorWelcome;
  "conversation.changed": VisitorChange;
  "conversation.gone": Gone;
  "typing": Typing;
  "site.online": SiteOnline;
  "session.ended": Nothing;
  "beacon": Beat;
  "drain": Drain;
}

export interface OperatorCommands {
  /** Return a page of what admins did, newest first. For admins. */
  "audit.list": { input: AuditQuery; output: AuditPage };
  /** Return one's own replies, one's teams' and everybody's, by shortcut. */
  "canned.list": { input: Nothing; output: CannedList };
  /** Remove a reply. */
  "canned.remove": { input: OneCanned; output: Nothing };
  /** Keep a reply: an operator for themselves or a team of theirs, who leads for all. */
  "canned.save": { input: SaveCanned; output: SavedCanned };
  /** Return everybody to whom a conversation can be handed over, and the teams. */
  "colleagues.list": { input: Nothing; output: Colleagues };
  /** Hand over to a colleague or a team. Without a change you reach the conversation no more. */
  "conversation.assign": { input: AssignConversation; output: OperatorDone };
  /** Close a conversation: nobody waits in it any more. */
  "conversation.close": { input: OneConversation; output: OperatorDone };
  /** Return the page of a thread before a line. */
  "conversation.earlier": { input: EarlierLines; output: EarlierPage };
  /** Return the newest page of a thread and who is on the other side. */
  "conversation.open": { input: OneConversation; output: OpenedConversation };
  /** Open a closed conversation again. */
  "conversation.reopen": { input: OneConversation; output: OperatorDone };
  /** Return everything of a conversation that came after a rev. */
  "conversation.sync": { input: SyncConversation; output: OperatorSync };
  /** Become responsible for a conversation that is nobody's. */
  "conversation.take": { input: OneConversation; output: OperatorDone };
  /** Say that one has the conversation open, or has left it; hear who else has it open. */
  "conversation.viewing": { input: ViewConversation; output: Viewers };
  /** Return a page of a customer's conversations within one's reach, last message first. */
  "customer.conversations": { input: CustomerConversations; output: CustomerChats };
  /** Return customers by words of a name or company, by e-mail or phone: to put together. */
  "customer.find": { input: FindCustomers; output: FoundCustomers };
  /** Put one card into another. `customer.unmerge` takes it out again. */
  "customer.merge": { input: MergeCustomers; output: CustomerCard };
  /** Return the card of a customer, a conversation of whom one reaches. */
  "customer.open": { input: OneCustomer; output: CustomerCard };
  /** Write into a card. */
  "customer.save": { input: SaveCustomer; output: CustomerCard };
  /** Give some visitors of a card one of their own, and return that. */
  "customer.split": { input: SplitCustomer; output: CustomerCard };
  /** Take a card out of another again. */
  "customer.unmerge": { input: UnmergeCustomers; output: CustomerCard };
  /** Return what a socket hears as `welcome`: for clients without one. */
  "hello": { input: Nothing; output: OperatorWelcome };
  /** Return how many open conversations there are in each view. */
  "inbox.counts": { input: Nothing; output: InboxCounts };
  /** Return a page of a view: who waits, longest first; then by last message, newest first. */
  "inbox.list": { input: InboxQuery; output: InboxPage };
  /** Return a page of conversations by what was said in them, and by whom. */
  "inbox.search": { input: SearchQuery; output: SearchPage };
  /** Return a page of the mails that were sent, or could not be, newest first. For admins. */
  "mails.list": { input: MailQuery; output: MailPage };
  /** Say how far an operator's browser has received. */
  "mark.delivered": { input: MarkSeq; output: Nothing };
  /** Say how far operators have read. */
  "mark.read": { input: MarkSeq; output: Nothing };
  /** Take a message back: it vanishes from the widget, and its text from the database. */
  "message.delete": { input: OneMessage; output: OperatorDone };
  /** Answer the visitor. */
  "message.send": { input: SendMessage; output: OperatorSent };
  /** Add a note that only colleagues see. */
  "note.add": { input: AddNote; output: OperatorSent };
  /** Shut somebody out, at once and everywhere. For admins. */
  "people.disable": { input: OneOperator; output: OnePerson };
  /** Let somebody in again. For admins. */
  "people.enable": { input: OneOperator; output: OnePerson };
  /** Ask somebody to join: they get a link by mail. For admins. */
  "people.invite": { input: InvitePerson; output: OnePerson };
  /** Mail another link to somebody who has not come yet; the earlier one ends. For admins. */
  "people.invite_again": { input: OneOperator; output: OnePerson };
  /** Return everybody who works or worked here. For admins. */
  "people.list": { input: Nothing; output: People };
  /** Give somebody another name or role, other teams or hours. For admins. */
  "people.save": { input: SavePerson; output: OnePerson };
  /** End every session of somebody. For admins. */
  "people.sign_out": { input: OneOperator; output: OnePerson };
  /** Say that one is moving; once a minute is enough. Ten minutes without it is being away. */
  "presence.active": { input: Nothing; output: OwnState };
  /** Be online, busy or away, in all of one's browsers. */
  "presence.set": { input: ChooseState; output: OwnState };
  /** Show an uploaded picture as one's photo, or none. */
  "profile.photo": { input: ChoosePhoto; output: SignedIn };
  /** Take another name. Sockets come anew, because they know the old one. */
  "profile.save": { input: SaveProfile; output: SignedIn };
  /** Sign oneself out in one browser, at once. Doing it twice is fine. */
  "sessions.end": { input: OneSession; output: Nothing };
  /** Sign oneself out everywhere but here. */
  "sessions.end_others": { input: Nothing; output: Nothing };
  /** Return the browsers in which one is signed in, the newest first. */
  "sessions.list": { input: Nothing; output: Sessions };
  /** Return what may be chosen: zones, countries, texts that a site may reword. */
  "site.choices": { input: Nothing; output: SiteChoices };
  /** Make a site, set up as they come. */
  "site.create": { input: CreateSite; output: AdminSite };
  /** Return a site with all of its settings. */
  "site.get": { input: OneSite; output: AdminSite };
  /** Return a year's public holidays of a country. */
  "site.holidays": { input: HolidaysOf; output: HolidayList };
  /** Return all sites, and whether the widget is on them. */
  "site.list": { input: Nothing; output: SiteList };
  /** Return what a visitor would get if these changes were saved. */
  "site.preview": { input: PreviewSite; output: SitePage };
  /** Remove a site that has no chats. */
  "site.remove": { input: OneSite; output: Nothing };
  /** Write what was changed; refused as `conflict` when somebody else has saved meanwhile. */
  "site.save": { input: SaveSite; output: AdminSite };
  /** Return what the site's own server signs its visitors' identities with, or make it. */
  "site.secret": { input: AskSecret; output: SiteSecret };
  /** Return what these hours mean: whether it is open now, and until or from when. */
  "site.when": { input: WhenOpen; output: OpenNow };
  /** Return how many conversations everybody has. For supervisors and admins. */
  "team.load": { input: Nothing; output: TeamLoad };
  /** Remove a team that has neither conversations nor sites. For admins. */
  "teams.remove": { input: OneTeam; output: Nothing };
  /** Make a team, or give one another name or other members. For admins. */
  "teams.save": { input: SaveTeam; output: SavedTeam };
  /** Say that the operator is typing; it is shown for 6 seconds. */
  "typing": { input: OneConversation; output: Nothing };
}

export interface OperatorEvents {
  "welcome": OperatorWelcome;
  "conversation.changed": OperatorChange;
  "conversation.gone": Gone;
  "typing": Typing;
  "beacon": Beat;
  "session.ended": Nothing;
  "reach.changed": Nothing;
  "viewing": Viewing;
  "visitor.moved": VisitorMoved;
  "customer.changed": CustomerChanged;
  "colleagues.state": ColleagueStates;
  "drain": Drain;
}
