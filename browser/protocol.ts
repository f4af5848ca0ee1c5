// Generated from the command table by `python -m kell.web.protocol`. Do not edit.
// Times are ISO 8601 in UTC with milliseconds, ids 32 hex digits.

/** Add a note that only colleagues see. */
export interface AddNote {
  conversation: string;
  client_id: string;
  text: string;
}

export interface AssignConversation {
  conversation: string;
  operator: string;
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

/** The `at` of `hello`, then the `next` of the answer before. */
export interface ChangesAfter {
  after: string;
}

/** Start a chat with its first message; the same `start_id` starts the same chat. */
export interface ChatStart {
  start_id: string;
  form?: StartForm;
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

/** This process stops: connect again after a random time of up to `delay` seconds. */
export interface Drain {
  delay: number;
}

export interface EarlierLines {
  conversation: string;
  before: number;
}

/** An older page of a thread, oldest row first. */
export interface EarlierPage {
  messages: OperatorMessage[];
  earlier: boolean;
}

/** A conversation has left your reach: forget it. */
export interface Gone {
  id: string;
}

/** A page of a list: who waits, longest first; then the rest, newest message first. */
export interface InboxPage {
  rows: InboxRow[];
  next: string | null;
  /** open conversations within reach that wait */
  waiting: number;
}

export interface InboxQuery {
  view?: "mine" | "team" | "queue" | "all" | "closed";
  after?: string | null;
}

export interface InboxRow {
  id: string;
  rev: number;
  conversation: OperatorConversation;
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

/** What signs an operator in. */
export interface Login {
  email: string;
  password: string;
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
}

/** An empty object. */
export type Nothing = Record<string, never>;

export interface OneConversation {
  conversation: string;
}

export interface OneMessage {
  conversation: string;
  message: string;
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
  n?: number | null;
  reset: boolean;
  earlier: boolean;
  visitor: VisitorCard;
}

/** The same for operators. `n` numbers the frames to one team by one process. */
export interface OperatorChange {
  id: string;
  rev: number;
  conversation: OperatorConversation;
  messages: OperatorMessage[];
  team: string;
  n?: number | null;
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
  /** too many have changed to name them */
  more: boolean;
}

/** A conversation as operators see it, in lists and above the thread. */
export interface OperatorConversation {
  id: string;
  status: "open" | "closed";
  seq: number;
  lines: number;
  site: SiteName;
  team: string;
  visitor: VisitorName;
  assignee: Person | null;
  waiting_since: string | null;
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
  n?: number | null;
  reset: boolean;
  earlier: boolean;
}

/** The first event after a connect: read the lists that are shown again. */
export interface OperatorWelcome {
  at: string;
  operator: Me;
  teams: TeamStream[];
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

/** Who wrote or did something. A nameless visitor has no name; the browser finds words. */
export interface Person {
  kind: "visitor" | "operator" | "system";
  id: string;
  name: string | null;
  photo: string | null;
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

/** Add a message; the same `client_id` adds it once. */
export interface SendMessage {
  conversation: string;
  client_id: string;
  text: string;
  quote?: string | null;
}

/** Who is signed in in this browser. */
export interface SignedIn {
  operator: Me;
}

export interface SiteName {
  id: string;
  name: string;
}

/** What a visitor says about themselves before the chat. */
export interface StartForm {
  name?: string | null;
  email?: string | null;
}

/** Ask for everything after a rev; 0 asks for all. */
export interface SyncConversation {
  conversation: string;
  after?: number;
}

/** A team whose frames come to this socket, and the number of the last one before. */
export interface TeamStream {
  id: string;
  name: string;
  n: number;
}

/** Somebody is typing; it dies by itself at `until`. */
export interface Typing {
  conversation: string;
  author: Person;
  until: string;
}

/** What an operator sees about a visitor beside the thread (CHAT-9). */
export interface VisitorCard {
  id: string;
  /** a short number to call the nameless by */
  number: number;
  name: string | null;
  email: string | null;
  ip: string | null;
  user_agent: string | null;
  language: string | null;
  started_on: Page | null;
  page: PageSeen | null;
  last_seen_at: string;
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
}

/** Who is signed in in this browser; nobody is no error. */
export interface WhoAmI {
  operator: Me | null;
}

export interface VisitorCommands {
  /** Start a chat with its first message. */
  "chat.start": { input: ChatStart; output: ChatStarted };
  /** Return everything of a conversation that came after a rev. */
  "conversation.sync": { input: SyncConversation; output: VisitorSync };
  /** Return what a socket hears as `welcome`: for clients without one. */
  "hello": { input: Nothing; output: VisitorWelcome };
  /** Say how far the visitor's browser has received. */
  "mark.delivered": { input: MarkSeq; output: Nothing };
  /** Say how far the visitor has read. */
  "mark.read": { input: MarkSeq; output: Nothing };
  /** Add a message to a conversation of one's own; a recently closed one opens again. */
  "message.send": { input: SendMessage; output: VisitorSent };
  /** Say which page the visitor is on. */
  "page": { input: Page; output: Nothing };
  /** Say that the visitor is typing; it is shown for 6 seconds. */
  "typing": { input: OneConversation; output: Nothing };
}

export interface VisitorEvents {
  "welcome": VisitorWelcome;
  "conversation.changed": VisitorChange;
  "conversation.gone": Gone;
  "typing": Typing;
  "beacon": Beat;
  "drain": Drain;
}

export interface OperatorCommands {
  /** Make a colleague responsible. */
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
  /** Return what a socket hears as `welcome`: for clients without one. */
  "hello": { input: Nothing; output: OperatorWelcome };
  /** Return a page of a view: who waits, longest first; then by last message, newest first. */
  "inbox.list": { input: InboxQuery; output: InboxPage };
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
  "drain": Drain;
}
