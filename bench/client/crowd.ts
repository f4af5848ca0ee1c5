/** Many connections, opened so many at a time. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Connection, openConnection, type Target } from "./connection.ts";

const COMES_AGAIN = 100;

export interface Crowd {
  /** Connects more, and returns the seconds from the first knock to the last welcome. */
  join(targets: Target[], atOnce: number): Promise<number>;
  members: Connection[];
  /** Throws if anybody has lost the connection. */
  check(): void;
  leave(): void;
}

export function createCrowd(): Crowd {
  const lost: Error[] = [];
  const crowd: Crowd = {
    members: [],
    async join(targets, atOnce) {
      const first = crowd.members.length;
      const joined: Connection[] = [];
      let next = 0;
      const begun = performance.now();
      const lane = async () => {
        for (let at = next++; at < targets.length; at = next++) {
          const target = targets[at];
          if (target) joined[at] = await knock(target, (why) => lost.push(why));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      crowd.members.push(...joined);
      if (crowd.members.length !== first + targets.length) throw new Error("somebody is missing");
      return (performance.now() - begun) / 1000;
    },
    check() {
      if (lost.length) throw new Error(`${lost.length} lost, the first: ${lost[0]?.message}`);
    },
    leave() {
      for (const member of crowd.members) member.close();
      crowd.members = [];
      lost.length = 0;
    },
  };
  return crowd;
}

/** Connects; whoever finds the server busy, or not there yet, comes again. */
async function knock(target: Target, broken: (why: Error) => void): Promise<Connection> {
  for (;;) {
    try {
      return await openConnection(target, broken);
    } catch (error) {
      if (!/503|ECONNREFUSED/.test(String(error))) throw error;
      await sleep(COMES_AGAIN);
    }
  }
}
