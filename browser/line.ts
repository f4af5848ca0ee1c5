import {
  type Commands,
  type Connection,
  type ConnectionState,
  createConnection,
} from "./connection.ts";
import { createListeners } from "./listeners.ts";
import type { PlainHttp, PlainHttpOptions } from "./plain-http.ts";
import { type Refusal, refusal } from "./refusal.ts";

export interface LineOptions {
  side: "visitor" | "operator";
  /** Whoever has no cookie. */
  auth?: () => Promise<{ token: string } | Refusal>;
  /** Origin of the server; by default that of the page. */
  url?: string;
  /** Plain HTTP, or what fetches it once it is needed. */
  plain(options: PlainHttpOptions): PlainHttp;
}

/** Failed tries of the socket; one that came to nothing in time counts for all. */
const ENOUGH = 2;
const SOCKET_AGAIN = 300_000;

/** A socket, or plain HTTP by itself for as long as the network lets no socket through. */
export function createLine<C extends Commands<C>, E>({
  side,
  auth,
  url = location.origin,
  plain: createHttp,
}: LineOptions): Connection<C, E> {
  const events = createListeners();
  const watchers = createListeners();
  let state: ConnectionState = "connecting";
  let misses = 0;
  /** Plain HTTP works, or did when we turned to it. */
  let plain = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const http = createHttp({ side, auth, url, happened: events.tell, became });
  const socket = createConnection<C, E>({
    namespace: `/${side}`,
    url,
    missed,
    ...(auth && { auth }),
  });
  const undo = socket.onState((next, why) => {
    const decided = next === "online" || next === "refused";
    if (decided) leaveHttp();
    if (decided || !plain) turn(next, why);
  });

  function turn(next: ConnectionState, why?: Refusal): void {
    if (state === next) return;
    state = next;
    watchers.tell("state", next, why);
  }

  /** From now on both are tried; once the socket comes through, HTTP has no more use. */
  function missed(late: boolean): void {
    const before = misses;
    misses += late ? ENOUGH : 1;
    if (before < ENOUGH && misses >= ENOUGH) http.start();
  }

  function became(next: ConnectionState, why?: Refusal, again?: boolean): void {
    if (next !== "offline" && !plain) {
      plain = true;
      socket.rest();
      plan();
    }
    if (!plain) return;
    turn(next, why);
    // Plain HTTP had failed too: that was no block, but an outage that has ended.
    if (again) trySocket();
  }

  function leaveHttp(): void {
    misses = 0;
    plain = false;
    http.stop();
    clearTimeout(timer);
  }

  function plan(): void {
    clearTimeout(timer);
    timer = setTimeout(trySocket, SOCKET_AGAIN);
  }

  function trySocket(): void {
    timer = undefined;
    // `seen` comes back to it.
    if (document.hidden) return;
    plan();
    socket.retry();
  }

  const seen = () => {
    if (document.hidden) return;
    http.look();
    if (plain && timer === undefined) trySocket();
  };
  addEventListener("online", http.restart);
  addEventListener("offline", http.restart);
  document.addEventListener("visibilitychange", seen);

  return {
    call(command, input) {
      if (!plain) return socket.call(command, input);
      return state === "online" ? http.call(command, input) : Promise.resolve(refusal("offline"));
    },
    on(event, fn) {
      const both = [socket.on(event, fn), events.on(event, fn)];
      return () => {
        for (const each of both) each();
      };
    },
    onState: (fn) => watchers.on("state", fn),
    state: () => state,
    retry() {
      if (state === "refused") turn("connecting");
      plain ? http.start() : http.restart();
      socket.retry();
    },
    close() {
      removeEventListener("online", http.restart);
      removeEventListener("offline", http.restart);
      document.removeEventListener("visibilitychange", seen);
      undo();
      leaveHttp();
      socket.close();
      turn("offline");
    },
  };
}
