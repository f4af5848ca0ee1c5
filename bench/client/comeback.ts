/** Everybody has lost the connection at once, and comes back as browsers do. */

import { setTimeout as sleep } from "node:timers/promises";
import { backoff } from "../../browser/backoff.ts";
import { type Connection, openConnection, type Target } from "./connection.ts";

export interface Return {
  /** The seconds until the last one was back. */
  seconds: number;
  /** How often anybody knocked in vain: nobody was there, or told to come again. */
  refusals: number;
}

export async function comeBack(targets: Target[]): Promise<Return> {
  const begun = performance.now();
  const back: Connection[] = [];
  const lost: Error[] = [];
  let refusals = 0;
  const one = async (target: Target) => {
    for (let failures = 0; ; failures++) {
      await sleep(backoff(failures));
      try {
        back.push(await openConnection(target, (why) => lost.push(why)));
        return;
      } catch {
        refusals += 1;
      }
    }
  };
  await Promise.all(targets.map(one));
  const seconds = (performance.now() - begun) / 1000;
  for (const connection of back) connection.close();
  if (lost.length) throw new Error(`${lost.length} lost it again: ${lost[0]?.message}`);
  return { seconds, refusals };
}
