import { backoff, spread } from "./backoff.ts";
import { createListeners } from "./listeners.ts";
import { passes, type Refusal, refusal, refused } from "./refusal.ts";

export type { Refusal } from "./refusal.ts";

export type ConnectionState = "connecting" | "online" | "offline" | "refused";

/** A table of commands, as `protocol.ts` has one for each side. */
export type Commands<C> = { [K in keyof C]: { input: unknown; output: unknown } };

export interface Connection<C extends Commands<C>, E> {
  /** Never rejects. `offline` and `timeout` leave open whether the server has done it. */
  call<K extends keyof C & string>(
    command: K,
    input: C[K]["input"],
  ): Promise<C[K]["output"] | Refusal>;
  on<K extends keyof E & string>(event: K, fn: (data: E[K]) => void): () => void;
  onState(fn: (state: ConnectionState, why?: Refusal) => void): () => void;
  state(): ConnectionState;
  /** Connect now, not at the next planned try; the only way out of `refused`. */
  retry(): void;
  close(): void;
}

export interface SocketConnection<C extends Commands<C>, E> extends Connection<C, E> {
  /** Plan no more tries, until one that `retry` or the network's return began has come through. */
  rest(): void;
}

export interface ConnectionOptions {
  /** Like `/visitor`. */
  namespace: string;
  /** Asked at every connect; a refusal ends the try as if the server had refused. */
  auth?: () => object | Promise<object>;
  /** Origin of the server; by default that of the page. */
  url?: string;
  /** A try has failed; `late` if it wasn't refused, but nothing came of it. */
  missed?: (late: boolean) => void;
}

type Timer = ReturnType<typeof setTimeout>;

/** Bytes of a command. */
export const LARGEST = 64 * 1024;
/** Milliseconds until its answer. */
export const PATIENCE = 15_000;
const CONNECT_TIMEOUT = 8_000;
/** A connection that lasted so long ends the row of failures before it; a shorter one halves it. */
const STABLE = 3_000;
/** Packet of Socket.IO: type, namespace, id of the ack, JSON. */
const PACKET = /^4(\d)(\/[^,]*),?(\d*)(.*)$/s;

interface Life {
  pingInterval: number;
  pingTimeout: number;
}

/** Name and data of an event, the answer in an ack, or the refusal of CONNECT. */
type Body = unknown[] & { data?: Refusal };

/** The part of Socket.IO 5 over Engine.IO 4 that we use: WebSocket, one namespace, text, acks. */
export function createConnection<C extends Commands<C>, E>({
  namespace,
  auth,
  url = location.origin,
  missed,
}: ConnectionOptions): SocketConnection<C, E> {
  const events = createListeners();
  const watchers = createListeners();
  const acks = new Map<string, (answer: object) => void>();
  const timers: { deadline?: Timer; retry?: Timer } = {};
  let state: ConnectionState = "connecting";
  let socket: WebSocket | null = null;
  let early: Body[] = [];
  let acked = 0;
  let failures = 0;
  let drain = 0;
  let since = 0;
  let heard = 0;
  let patience = 0;
  let silence = 0;
  let resting = false;

  function become(next: ConnectionState, why?: Refusal): void {
    if (state === next) return;
    state = next;
    watchers.tell("state", next, why);
  }

  function alive(): void {
    heard = Date.now();
    clearTimeout(timers.deadline);
    timers.deadline = setTimeout(fail, patience, true);
  }

  function connect(): void {
    clearTimeout(timers.retry);
    early = [];
    patience = CONNECT_TIMEOUT;
    const fresh = new WebSocket(
      `${url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`,
    );
    socket = fresh;
    // A socket that was given up may still speak.
    fresh.onmessage = ({ data }) => fresh === socket && receive(fresh, String(data));
    fresh.onclose = () => fresh === socket && fail(false);
    alive();
  }

  function fail(late: boolean): void {
    if (state !== "online") missed?.(late);
    drop();
  }

  function stop(): void {
    clearTimeout(timers.deadline);
    clearTimeout(timers.retry);
    const old = socket;
    socket = null;
    old?.close();
    for (const settle of [...acks.values()]) settle(refusal("offline"));
  }

  function drop(why?: Refusal): void {
    stop();
    if (why && !passes(why)) {
      become("refused", why);
      return;
    }
    if (state === "online") failures = Date.now() - since > STABLE ? 0 : failures >> 1;
    const floor = 1000 * (why?.error.retry_after ?? 0);
    if (!resting) timers.retry = setTimeout(connect, floor + (drain || backoff(failures++)));
    drain = 0;
    become("offline", why);
  }

  function receive(from: WebSocket, data: string): void {
    // However much is said before it, CONNECT has to come in time.
    if (state === "online") alive();
    const [, type, place, id = "", json] = PACKET.exec(data) ?? [];
    if (data === "2") from.send("3");
    else if (data[0] === "0") void opened(from, JSON.parse(data.slice(1)));
    else if (data === "1") drop();
    else if (place === namespace) packet(type, id, JSON.parse(json || "[]"));
  }

  async function opened(from: WebSocket, life: Life): Promise<void> {
    silence = life.pingInterval + life.pingTimeout;
    const credentials = (await auth?.()) ?? {};
    if (from !== socket) return;
    if (refused(credentials)) drop(credentials);
    else from.send(`40${namespace},${JSON.stringify(credentials)}`);
  }

  function packet(type: string | undefined, id: string, body: Body): void {
    if (type === "0") online();
    else if (type === "1") drop();
    else if (type === "3") acks.get(id)?.((body[0] as object | undefined) ?? {});
    else if (type === "4") drop(body.data?.error ? body.data : refusal("internal"));
    // `welcome` is sent while the server still works on CONNECT.
    else if (state === "online") happened(body);
    else early.push(body);
  }

  function online(): void {
    resting = false;
    patience = silence;
    alive();
    since = Date.now();
    become("online");
    early.splice(0).forEach(happened);
  }

  function happened([event, data]: Body): void {
    if (event === "drain") drain = spread(1000 * (data as { delay: number }).delay);
    events.tell(String(event), data);
    // The server has thrown away what we would have got: start again, with a sync.
    if (event === "resync") drop();
  }

  function retry(): void {
    // Timers stand still while a device sleeps: a socket may be long dead and look open.
    if (socket && Date.now() - heard > patience) drop();
    if (socket) return;
    if (state === "refused") become("connecting");
    connect();
  }

  const wake = () => state === "refused" || retry();
  const seen = () => document.hidden || resting || wake();
  const unplugged = () => socket && drop();
  addEventListener("online", wake);
  addEventListener("offline", unplugged);
  document.addEventListener("visibilitychange", seen);
  connect();

  return {
    call(command, input) {
      const open = state === "online" && socket;
      if (!open) return Promise.resolve(refusal("offline"));
      const id = String(++acked);
      const frame = `42${namespace},${id}${JSON.stringify([command, input])}`;
      if (new TextEncoder().encode(frame).length > LARGEST)
        return Promise.resolve(refusal("too_large"));
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(refusal("timeout")), PATIENCE);
        const settle = (answer: object) => {
          clearTimeout(timer);
          acks.delete(id);
          resolve(answer as Refusal);
        };
        acks.set(id, settle);
        open.send(frame);
      });
    },
    on: events.on,
    onState: (fn) => watchers.on("state", fn),
    state: () => state,
    retry,
    rest() {
      resting = true;
      clearTimeout(timers.retry);
    },
    close() {
      removeEventListener("online", wake);
      removeEventListener("offline", unplugged);
      document.removeEventListener("visibilitychange", seen);
      stop();
      become("offline");
    },
  };
}
