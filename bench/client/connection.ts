/** One client of Socket.IO 5 over Engine.IO 4, on a bare socket. */

import { connect } from "node:net";
import { createReader, textFrame } from "./frames.ts";

export interface Target {
  port: number;
  namespace: string;
  auth: object | null;
  cookie: string | null;
}

export interface Connection {
  /** Sends an event; `answered` gets what the server acknowledges it with. */
  call(event: string, data: object, answered: (answer: unknown) => void): void;
  /** Who hears the server's events. */
  hear: (event: string, data: unknown) => void;
  close(): void;
}

const HOST = "127.0.0.1";
// What the server does for each is its own; the key only has to be one.
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

// All connections read into the same memory: each message is taken out before the next chunk comes.
const memory = Buffer.alloc(256 * 1024);

/** Resolves once the namespace has accepted us; afterwards a break is `broken`'s. */
export function openConnection(target: Target, broken: (why: Error) => void): Promise<Connection> {
  const place = target.namespace === "/" ? "" : `${target.namespace},`;
  return new Promise((resolve, reject) => {
    const waiting = new Map<number, (answer: unknown) => void>();
    let calls = 0;
    let isConnected = false;
    let isClosed = false;
    let head: string | null = "";

    const fail = (why: Error) => {
      if (isClosed) return;
      isClosed = true;
      socket.destroy();
      if (isConnected) broken(why);
      else reject(why);
    };
    const take = (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const socket = connect({
      port: target.port,
      host: HOST,
      onread: {
        buffer: memory,
        callback: (size) => {
          take(memory.subarray(0, size));
          return true;
        },
      },
    });
    socket.setNoDelay(true);
    socket.on("connect", () => socket.write(handshake(target)));
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("the server hung up")));

    const read = (chunk: Buffer) => {
      if (head === null) {
        frames(chunk);
        return;
      }
      head += chunk.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!head.startsWith("HTTP/1.1 101")) throw new Error(head.split("\r\n", 1)[0]);
      const rest = Buffer.from(head.slice(end + 4), "latin1");
      head = null;
      frames(rest);
    };
    const frames = createReader((text) => packet(text));
    const packet = (text: string) => {
      if (text === "2") {
        socket.write(textFrame("3"));
      } else if (text.startsWith("0{")) {
        socket.write(textFrame(`40${place}${target.auth ? JSON.stringify(target.auth) : ""}`));
      } else if (text.startsWith(`40${place}{`)) {
        isConnected = true;
        resolve(connection);
      } else if (text.startsWith("42")) {
        const [event, data] = JSON.parse(text.slice(2 + place.length));
        connection.hear(event, data);
      } else if (text.startsWith("43")) {
        answer(text, 2 + place.length);
      } else {
        throw new Error(`refused: ${text}`);
      }
    };
    const answer = (text: string, start: number) => {
      const end = text.indexOf("[", start);
      const number = Number(text.slice(start, end));
      const answered = waiting.get(number);
      if (!answered) throw new Error(`an answer that nobody waits for: ${text.slice(0, 80)}`);
      waiting.delete(number);
      answered(JSON.parse(text.slice(end))[0]);
    };

    const connection: Connection = {
      call(event, data, answered) {
        calls += 1;
        waiting.set(calls, answered);
        socket.write(textFrame(`42${place}${calls}${JSON.stringify([event, data])}`));
      },
      hear: () => undefined,
      close() {
        isClosed = true;
        socket.destroy();
      },
    };
  });
}

function handshake(target: Target): string {
  return [
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
    `Host: ${HOST}:${target.port}`,
    `Origin: http://${HOST}:${target.port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${KEY}`,
    "Sec-WebSocket-Version: 13",
    ...(target.cookie ? [`Cookie: ${target.cookie}`] : []),
    "\r\n",
  ].join("\r\n");
}
