/** Messages under way: when each was meant to leave, when it was acknowledged, and when it was seen. */

import { randomBytes } from "node:crypto";
import type { Connection } from "./connection.ts";

export interface Speaker {
  connection: Connection;
  conversation: string;
  seq: number | null;
}

export interface Talk {
  /** Sends the next message of `speaker`, which was due at `dueAt`; `then` follows its answer. */
  say(speaker: Speaker, dueAt: number, then?: () => void): void;
  sent: number;
  acked: number;
  seen: number;
  /** Has latencies noted of what is due from `at` on: what is due before is for warming up. */
  countFrom(at: number): void;
  ackLatencies: number[];
  seenLatencies: number[];
  /** Throws when the server has refused anything. */
  check(): void;
}

export interface Manner {
  event: string;
  text: string;
}

/** `watchers` hear of every message; each message is counted at each of them. */
export function createTalk(manner: Manner, watchers: Connection[]): Talk {
  const nonce = randomBytes(6).toString("hex");
  const dueAts: number[] = [];
  let refusal: string | null = null;
  let countsFrom = Number.POSITIVE_INFINITY;

  for (const watcher of watchers) {
    watcher.hear = (_event, data) => {
      for (const id of clientIds(data)) {
        if (!id.startsWith(nonce)) continue;
        talk.seen += 1;
        note(talk.seenLatencies, Number(id.slice(nonce.length)));
      }
    };
  }
  const note = (latencies: number[], number: number) => {
    const dueAt = dueAts[number] ?? 0;
    if (dueAt >= countsFrom) latencies.push(performance.now() - dueAt);
  };
  const talk: Talk = {
    sent: 0,
    acked: 0,
    seen: 0,
    ackLatencies: [],
    seenLatencies: [],
    say(speaker, dueAt, then) {
      const number = talk.sent++;
      dueAts[number] = dueAt;
      const data = {
        conversation: speaker.conversation,
        client_id: nonce + String(number).padStart(12, "0"),
        text: manner.text,
      };
      speaker.connection.call(manner.event, data, (answer) => {
        refusal ??= whyNot(answer, speaker);
        talk.acked += 1;
        note(talk.ackLatencies, number);
        then?.();
      });
    },
    countFrom(at) {
      countsFrom = at;
    },
    check() {
      if (refusal) throw new Error(refusal);
    },
  };
  return talk;
}

/** Returns why an answer is no acknowledgement; a conversation's numbers must have no gaps. */
function whyNot(answer: unknown, speaker: Speaker): string | null {
  if (typeof answer !== "object" || answer === null) return `an odd answer: ${answer}`;
  if ("error" in answer) return `the server refused: ${JSON.stringify(answer.error)}`;
  if ("seq" in answer && typeof answer.seq === "number") {
    if (speaker.seq !== null && answer.seq !== speaker.seq + 1) return "a message has got lost";
    speaker.seq = answer.seq;
  }
  return null;
}

function clientIds(data: unknown): string[] {
  if (typeof data !== "object" || data === null) return [];
  if ("client_id" in data) return [String(data.client_id)];
  if ("messages" in data && Array.isArray(data.messages)) return data.messages.flatMap(clientIds);
  return [];
}
