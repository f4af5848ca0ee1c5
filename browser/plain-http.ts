import { backoff } from "./backoff.ts";
import { type ConnectionState, LARGEST, PATIENCE } from "./connection.ts";
import type { OperatorChanges, OperatorWelcome, VisitorSync, VisitorWelcome } from "./protocol.ts";
import { passes, type Refusal, refusal, refused } from "./refusal.ts";

export interface PlainHttpOptions {
  side: "visitor" | "operator";
  auth?: (() => Promise<{ token: string } | Refusal>) | undefined;
  /** Origin of the server. */
  url: string;
  happened(event: string, data: unknown): void;
  /** `again`: online after a failure. */
  became(state: ConnectionState, why?: Refusal, again?: boolean): void;
}

export interface PlainHttp {
  call(command: string, input: unknown): Promise<object>;
  start(): void;
  /** Begin anew with a welcome, now. */
  restart(): void;
  /** The page is seen again: begin anew, unless what is under way can still come to something. */
  look(): void;
  stop(): void;
}

/** What is asked of `changes`. */
type Query = Record<string, string>;

/** The server answers `changes` after 25 s at the latest. */
const WAIT = 40_000;
/** Changes that come in quick succession come together: one by one they would meet the limits. */
const PACE = 1000;
const ANEW = ["offline", "unauthenticated"];

/** Commands by `POST`, news by a `GET` that waits: for networks that block WebSockets. */
export function createPlainHttp(options: PlainHttpOptions): PlainHttp {
  const { side, auth, url, happened, became } = options;
  let life: AbortController | null = null;
  let failures = 0;
  let failed = false;
  /** When the request that waits was sent. */
  let asked = 0;

  /** Never rejects. */
  async function ask(path: string, body?: string, signal?: AbortSignal): Promise<object> {
    const given = await auth?.();
    if (given && refused(given)) return given;
    const ours = new AbortController();
    const abort = () => ours.abort();
    const late = setTimeout(() => ours.abort("timeout"), body ? PATIENCE : WAIT);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
    try {
      const response = await fetch(`${url}/api/${side}/${path}`, {
        ...(body && { method: "POST", body }),
        headers: {
          "Content-Type": "application/json",
          ...(given && { Authorization: `Bearer ${given.token}` }),
        },
        cache: "no-store",
        signal: ours.signal,
      });
      const answer = await response.json();
      // What isn't said in our words, somebody on the way has said.
      return response.ok || answer.error.code ? answer : refusal("offline");
    } catch {
      return refusal(ours.signal.reason === "timeout" ? "timeout" : "offline");
    } finally {
      clearTimeout(late);
      signal?.removeEventListener("abort", abort);
    }
  }

  async function live(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      asked = 0;
      const welcome = await ask("hello", "{}", signal);
      if (signal.aborted) return;
      const trouble = refused(welcome)
        ? refuse(welcome)
        : await follow(greet(welcome as VisitorWelcome | OperatorWelcome), signal);
      if (trouble) await pause(1000 * (trouble.error.retry_after ?? 0) + backoff(failures++));
    }
  }

  function refuse(why: Refusal): Refusal {
    if (!passes(why)) stop();
    failed = true;
    became(passes(why) ? "offline" : "refused", why);
    return why;
  }

  function greet(welcome: VisitorWelcome | OperatorWelcome): Query | null {
    const again = failed;
    failed = false;
    became("online", undefined, again);
    happened("welcome", welcome);
    if (!("visitor" in welcome)) return { after: welcome.at };
    const { id, rev } = welcome.conversation ?? {};
    return id ? { conversation: id, after: `${rev}` } : null;
  }

  /** Until something is wrong, or has to begin with a new welcome. */
  async function follow(from: Query | null, signal: AbortSignal): Promise<Refusal | null> {
    // A visitor without a conversation has nothing to wait for.
    if (!from) await new Promise((end) => signal.addEventListener("abort", end));
    for (let query = from; query && !signal.aborted; ) {
      asked = Date.now();
      const news = await ask(`changes?${new URLSearchParams(query)}`, undefined, signal);
      if (signal.aborted) return null;
      if (refused(news)) return news;
      failures = 0;
      query = take(query, news as VisitorSync | OperatorChanges);
      // Only if need be: timers of hidden pages may sleep for a minute.
      const early = Math.min(PACE, asked + PACE - Date.now());
      if (early > 0) await pause(early);
    }
    return null;
  }

  /** Pass on what is new. Returns what to ask next; null if there was too much to name. */
  function take(query: Query, news: VisitorSync | OperatorChanges): Query | null {
    if ("changes" in news) {
      for (const id of news.gone) happened("conversation.gone", { id });
      for (const change of news.changes) happened("conversation.changed", change);
      return news.more ? null : { after: news.next };
    }
    if (news.reset) return null;
    const after = `${news.rev}`;
    if (after !== query.after) happened("conversation.changed", news);
    return { ...query, after };
  }

  function start(): void {
    stop();
    failures = 0;
    life = new AbortController();
    void live(life.signal);
  }

  function restart(): void {
    if (life) start();
  }

  function stop(): void {
    life?.abort();
    life = null;
  }

  return {
    async call(command, input) {
      const body = JSON.stringify(input);
      if (new TextEncoder().encode(body).length > LARGEST) return refusal("too_large");
      const answer = await ask(command, body);
      // It numbers the frames of a socket; here the others would be missed.
      if ("change" in answer && answer.change) Object.assign(answer.change, { n: null });
      // A chat has begun, the session has ended, or what the answer would have brought is lost.
      if (refused(answer) ? ANEW.includes(answer.error.code) : command === "chat.start") restart();
      return answer;
    },
    start,
    restart,
    look: () => Date.now() - asked > WAIT && restart(),
    stop,
  };
}

function pause(time: number): Promise<void> {
  return new Promise((end) => setTimeout(end, time));
}
