/** Runs what comes in as lines of JSON, one after the other, and answers each with a line. */

import { createInterface } from "node:readline";
import { comeBack } from "./comeback.ts";
import { type Crowd, createCrowd } from "./crowd.ts";
import { closedLoop, openLoop } from "./loops.ts";
import { createTalk, type Manner } from "./talk.ts";

interface Join {
  do: "join";
  as: string;
  port: number;
  namespace: string;
  auths: object[];
  cookie: string | null;
  at_once: number;
}

interface Speak extends Manner {
  do: "closed" | "open";
  conversations: string[];
  /** The crowd that is told of the messages; it may be the speakers' own. */
  watchers: string;
  rate: number;
  warmup: number;
  seconds: number;
}

interface Leave {
  do: "leave" | "forget";
  as: string;
}

interface ComeBack {
  do: "come back";
  port: number;
  herd: object[];
  others: object[];
  talk: Omit<Speak, "do">;
}

type Order = Join | Speak | Leave | ComeBack;

const crowds = new Map<string, Crowd>();

function crowd(name: string): Crowd {
  const known = crowds.get(name) ?? createCrowd();
  crowds.set(name, known);
  return known;
}

async function run(order: Order): Promise<object> {
  switch (order.do) {
    case "join": {
      const { port, namespace, cookie } = order;
      const targets = order.auths.map((auth) => ({ port, namespace, auth, cookie }));
      return { seconds: await crowd(order.as).join(targets, order.at_once) };
    }
    case "leave":
      crowd(order.as).check();
      crowd(order.as).leave();
      return {};
    case "forget":
      crowd(order.as).leave();
      return {};
    case "come back":
      return comeBackAround(order);
    default:
      return speak(order);
  }
}

async function comeBackAround({ port, herd, others, talk }: ComeBack): Promise<object> {
  const targets = (auths: object[]) =>
    auths.map((auth) => ({ port, namespace: "/visitor", auth, cookie: null }));
  const coming = comeBack(targets(herd));
  const speakers = crowd("speakers");
  await speakers.join(targets(others), others.length);
  const [back, outcome] = await Promise.all([
    coming,
    speak({ ...talk, do: "open", watchers: "nobody", warmup: 0 }),
  ]);
  speakers.leave();
  return { herd: back, talk: outcome };
}

async function speak(order: Speak): Promise<object> {
  const speakers = crowd("speakers");
  const watchers = crowd(order.watchers);
  const all = speakers.members.map((connection, at) => ({
    connection,
    conversation: order.conversations[at] ?? "",
    seq: null,
  }));
  const talk = createTalk(order, watchers.members);
  const outcome =
    order.do === "closed"
      ? await closedLoop(talk, all, order.warmup, order.seconds)
      : await openLoop(talk, all, order.rate, order.warmup, order.seconds);
  speakers.check();
  watchers.check();
  return outcome;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer: object;
  try {
    answer = await run(JSON.parse(line));
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
