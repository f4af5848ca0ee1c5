import type { Events, Identity, Language, Options, Prefill, State } from "../kell.d.ts";
import { type Handover, MARK } from "../loader/handover.ts";
import type { Look, News, ToPage } from "../messages.ts";
import { createFrame, type Frame } from "./frame.ts";
import { createFace } from "./launcher.ts";
import { follow, here } from "./page.ts";

export type Tell = <E extends keyof Events>(name: E, about: Events[E]) => void;

/** Whether the page before this one has left an open chat, or an unread reply. */
export function isBusy(mark: string): boolean {
  try {
    return localStorage[mark] === MARK.busy;
  } catch {
    return false;
  }
}

/** One widget of a page, from the first call or click on. */
export function createWidget(handover: Handover, tell: Tell) {
  const { site, host, root, button, mark } = handover;
  const corner = button.parentElement;
  const face = createFace(handover, open);
  const look: Look = { color: site.color, scheme: site.scheme, language: site.lang as Language };
  let position = site.position;
  let frame: Frame | null = null;
  let unfollow: (() => void) | null = null;
  let shown = false;
  let news: News | null = null;
  let identity: Identity | null = null;
  let answers: Prefill = {};
  let identified: State["identified"] = null;
  let forget = false;

  /** The chat, loaded if it is not yet. */
  function chat(): Frame {
    if (frame) return frame;
    const { language } = look;
    frame = createFrame({ site, title: site.title, language, hello, heard });
    root.append(frame.box);
    unfollow = follow((page) => frame?.tell({ kell: "page", page }));
    draw();
    return frame;
  }

  function hello() {
    const forgotten = forget;
    forget = false;
    return {
      ...({ kell: "hello", name: site.name, shown, look, page: here() } as const),
      ...{ identity, answers, forget: forgotten, kept: keep.get() },
    };
  }

  function draw(): void {
    const classes = `${position} ${look.scheme}`;
    host.style.setProperty("--site", look.color);
    if (corner) corner.className = classes;
    if (frame) frame.box.className = shown ? `${classes} open` : classes;
    face.draw(shown, news);
  }

  function open(): void {
    if (shown) return;
    const inside = chat();
    handover.hush();
    remember();
    shown = true;
    draw();
    inside.tell({ kell: "shown", shown });
    inside.focus();
    tell("open", undefined);
  }

  function close(): void {
    if (!shown) return;
    const back = document.activeElement === host;
    shown = false;
    draw();
    frame?.tell({ kell: "shown", shown });
    if (back) button.focus();
    tell("close", undefined);
  }

  function heard(message: ToPage): void {
    if (message.kell === "close") close();
    if (message.kell === "ready") tell("ready", undefined);
    if (message.kell === "message") tell("message", message.message);
    if (message.kell === "keep") keep.set(message.what);
    if (message.kell === "identified") {
      identified = { verified: message.verified };
      tell("identified", identified);
    }
    // biome-ignore lint/suspicious/noConsole: whoever built this page reads it there
    if (message.kell === "unidentified") console.warn(`Kell: identify refused, ${message.code}`);
    if (message.kell === "news") learn(message);
  }

  function learn(next: News): void {
    const before = news;
    news = next;
    draw();
    remember();
    if (next.unread !== (before?.unread ?? 0)) tell("unread", next.unread);
    if (before?.chat && before.chat !== next.chat) tell("chat:ended", { id: before.chat });
    // The first news tell how things are: that is no event.
    if (before && next.chat && before.chat !== next.chat) tell("chat:started", { id: next.chat });
  }

  /** The small script of the next page has to know. */
  function remember(): void {
    const busy = news !== null && (news.chat !== null || news.unread > 0);
    try {
      localStorage[mark] = busy ? MARK.busy : MARK.known;
    } catch {
      // The page may not keep anything: then the chat is loaded with the click.
    }
  }

  /** For a frame without a storage: what it would lose with the page, kept for this tab. */
  const keep = {
    get(): string | null {
      try {
        return sessionStorage.getItem(mark);
      } catch {
        return null;
      }
    },
    set(what: string | null): void {
      try {
        if (what === null) sessionStorage.removeItem(mark);
        else sessionStorage[mark] = what;
      } catch {
        // Then it is lost with the page.
      }
    },
  };

  function pressed({ key }: KeyboardEvent): void {
    if (key === "Escape") close();
  }

  function toggle(): void {
    shown ? close() : open();
  }

  host.addEventListener("keydown", pressed);
  button.onclick = toggle;

  return {
    open,
    close,
    toggle,
    /** Load the chat, but leave it out of sight. */
    wake: chat,
    visible(next: boolean): void {
      if (!next) close();
      if (corner) corner.hidden = !next;
    },
    identify(who: Identity): void {
      identity = who;
      frame?.tell({ kell: "identify", identity: who });
    },
    prefill(given: Prefill): void {
      answers = { ...answers, ...given };
      frame?.tell({ kell: "prefill", answers: given });
    },
    logout(): void {
      identity = identified = null;
      answers = {};
      keep.set(null);
      forget = !chat().tell({ kell: "logout" });
    },
    update({ language, scheme, color, position: side }: Options): void {
      if (language) look.language = language;
      if (scheme) look.scheme = scheme;
      if (color) look.color = color;
      position = side ?? position;
      draw();
      frame?.tell({ kell: "look", look });
    },
    state: (): State => ({
      open: shown,
      visible: !corner?.hidden,
      unread: news?.unread ?? 0,
      chat: news?.chat ?? null,
      identified,
    }),
    remove(): void {
      close();
      identity = identified = news = null;
      answers = {};
      unfollow?.();
      frame?.remove();
      frame = null;
      host.remove();
    },
    /** After `remove`. */
    back(): void {
      document.documentElement.append(host);
      draw();
      if (isBusy(mark)) chat();
    },
  };
}
