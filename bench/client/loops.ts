/** The two ways of asking: as fast as the answers come, or by the clock whatever the answers do. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Speaker, Talk } from "./talk.ts";

export interface Outcome {
  acked: number;
  seconds: number;
  sent: number;
  seen: number;
  ack_ms: Spread;
  seen_ms: Spread;
  /** How much later than meant this program sent: its own share of the latencies. */
  late_ms: Spread;
}

interface Spread {
  p50: number | null;
  p99: number | null;
}

const SETTLES_WITHIN = 10_000;
// Timers are good to a millisecond: closer than this we look at the clock all the time.
const SPIN = 2;

/** Everybody sends the next message when the last one is acknowledged. */
export async function closedLoop(
  talk: Talk,
  speakers: Speaker[],
  warmup: number,
  seconds: number,
): Promise<Outcome> {
  let isOver = false;
  const next = (speaker: Speaker) => {
    if (!isOver) talk.say(speaker, performance.now(), () => next(speaker));
  };
  for (const speaker of speakers) next(speaker);
  await sleep(warmup * 1000);
  const [begun, before] = [performance.now(), talk.acked];
  talk.countFrom(begun);
  await sleep(seconds * 1000);
  const [took, acked] = [performance.now() - begun, talk.acked - before];
  isOver = true;
  await settled(talk);
  return { acked, seconds: took / 1000, ...told(talk, []) };
}

/** Messages leave at `rate` a second, by turns; latencies count from when each was due. */
export async function openLoop(
  talk: Talk,
  speakers: Speaker[],
  rate: number,
  warmup: number,
  seconds: number,
): Promise<Outcome> {
  const late: number[] = [];
  const begun = performance.now();
  const counts = begun + warmup * 1000;
  const end = counts + seconds * 1000;
  talk.countFrom(counts);
  await new Promise<void>((resolve) => {
    let number = 0;
    let dueAt = begun;
    const step = () => {
      for (; dueAt <= performance.now() && dueAt < end; dueAt = begun + (number * 1000) / rate) {
        const speaker = speakers[number % speakers.length];
        if (speaker) talk.say(speaker, dueAt);
        if (dueAt >= counts) late.push(performance.now() - dueAt);
        number += 1;
      }
      const left = dueAt - performance.now();
      if (dueAt >= end) resolve();
      else if (left > SPIN) setTimeout(step, left - SPIN);
      else setImmediate(step);
    };
    step();
  });
  await settled(talk);
  return { acked: talk.ackLatencies.length, seconds, ...told(talk, late) };
}

/** Waits for what is under way; what stays out is an error. */
async function settled(talk: Talk): Promise<void> {
  const until = performance.now() + SETTLES_WITHIN;
  while (talk.acked < talk.sent && performance.now() < until) await sleep(10);
  // A frame may come after the acknowledgement.
  for (let seen = -1; seen < talk.seen && performance.now() < until; await sleep(50)) {
    seen = talk.seen;
  }
  talk.check();
  if (talk.acked < talk.sent) throw new Error(`${talk.sent - talk.acked} were never answered`);
}

function told(talk: Talk, late: number[]): Omit<Outcome, "acked" | "seconds"> {
  return {
    sent: talk.sent,
    seen: talk.seen,
    ack_ms: spread(talk.ackLatencies),
    seen_ms: spread(talk.seenLatencies),
    late_ms: spread(late),
  };
}

function spread(values: number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { p50: at(0.5), p99: at(0.99) };
}
