/** The `Kell` function of a page that embeds the widget: `docs/embedding.md` says it with examples. */

export type Language = "en" | "et" | "ru" | "uk";

/** What the page wants otherwise than the site's settings. */
export interface Options {
  language?: Language;
  position?: "right" | "left";
  /** `auto` is that of the visitor. */
  scheme?: "light" | "dark" | "auto";
  /** `#rrggbb` */
  color?: string;
}

/** Who the visitor is, signed by your server; without a signature it is shown as unverified. */
export type Identity =
  | { /** HS256, signed with the site's secret. */ token: string }
  | {
      user: { id: string; name?: string; email?: string; phone?: string };
      /** Until when the signature counts, in seconds since 1970. */
      expires?: number;
      /** HMAC-SHA256 in hexadecimal digits. */
      hash?: string;
    };

/** Answers to fields of the questionnaire by their id, and the first message as `message`. */
export type Prefill = Record<string, string>;

export interface Message {
  id: string;
  text: string;
  /** Who wrote it; null for the site itself. */
  name: string | null;
  /** ISO 8601 */
  at: string;
}

export interface State {
  /** The chat is open before the visitor. */
  open: boolean;
  /** The launcher is in its corner. */
  visible: boolean;
  /** Replies that the visitor has not seen. */
  unread: number;
  /** The open chat; null if there is none. */
  chat: string | null;
  /** Null while nobody has been identified. */
  identified: { verified: boolean } | null;
}

export interface Events {
  /** The chat is loaded and connected. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** A reply. */
  message: Message;
  /** How many replies the visitor has not seen. */
  unread: number;
  "chat:started": { id: string };
  "chat:ended": { id: string };
  identified: { verified: boolean };
}

export type Listener<E extends keyof Events> = (about: Events[E]) => void;

type Listening = { [E in keyof Events]: [event: E, listener: Listener<E>] }[keyof Events];

export interface Calls {
  /** Draw the launcher again after `shutdown`; change its options if it is there. */
  boot: [options?: Options];
  /** Take the widget out of the page, until `boot`. */
  shutdown: [];
  open: [];
  close: [];
  toggle: [];
  /** Show the launcher. */
  show: [];
  /** Hide the launcher; the chat opens by `open` alone. */
  hide: [];
  identify: [identity: Identity];
  /** Forget who the visitor is, their chat and all that they typed. */
  logout: [];
  prefill: [answers: Prefill];
  update: [options: Options];
  on: Listening;
  once: Listening;
  /** Without a listener: all of that event. */
  off: Listening | [event: keyof Events];
  /** Tell `listener` how things are. */
  get: [listener: (state: State) => void];
  /** Take out all that was put into the page, this function too. */
  destroy: [];
}

export interface Kell {
  <E extends keyof Events>(call: "on" | "once", event: E, listener: Listener<E>): void;
  <E extends keyof Events>(call: "off", event: E, listener?: Listener<E>): void;
  <C extends keyof Calls>(call: C, ...about: Calls[C]): void;
  /** Calls made before the script came. */
  q?: ArrayLike<unknown>[];
}

declare global {
  interface Window {
    Kell?: Kell;
  }
  var Kell: Kell;
}
