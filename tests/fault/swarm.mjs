// Thousands of widgets, with the connection that browsers run: `node swarm.mjs <address> <count>`.
// Prints a line of JSON whenever something changes: how many are online, and at what time (ms) tries
// began. Ends when its input does.

import { setMaxListeners } from "node:events";
import { createConnection } from "../../browser/connection.ts";

const [base, count] = process.argv.slice(2);
/** Tabs of one visitor; the server allows 10. */
const TABS = 10;
const EVERY = 100;

const page = new EventTarget();
setMaxListeners(0, page);
Object.assign(globalThis, {
  document: Object.assign(new EventTarget(), { hidden: false }),
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
});

setMaxListeners(0, document);

let tries = [];
globalThis.WebSocket = class extends WebSocket {
  constructor(address) {
    tries.push(Date.now());
    super(address);
  }
};

async function arrive() {
  const response = await fetch(`${base}/api/visitor/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  return response.json();
}

const swarm = [];
while (swarm.length < Number(count)) {
  const { token } = await arrive();
  for (let tab = 0; tab < TABS && swarm.length < Number(count); tab += 1)
    swarm.push(createConnection({ namespace: "/visitor", url: base, auth: () => ({ token }) }));
}

let said = "";
setInterval(() => {
  const states = {};
  for (const one of swarm) states[one.state()] = (states[one.state()] ?? 0) + 1;
  const news = JSON.stringify({ states, tries });
  if (news === said) return;
  said = news;
  process.stdout.write(`${JSON.stringify({ at: Date.now(), states, tries })}\n`);
  tries = [];
}, EVERY);

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
