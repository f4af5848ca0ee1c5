// A client by somebody else: the stock socket.io-client, and nothing but what docs/protocol.md says.
// `node conversation.mjs <address> <e-mail> <password>` talks with a server and prints what it saw.

import { io } from "socket.io-client";

const [base, email, password] = process.argv.slice(2);
const PATIENCE = 20_000;
let ids = 0;

/** A client id: 16 to 64 characters, new each time. */
function newId() {
  ids += 1;
  return `foreign-client-${String(ids).padStart(6, "0")}`;
}

async function post(path, body, headers = {}) {
  const response = await fetch(base + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { answer: await response.json(), headers: response.headers };
}

/** Connect to a namespace, and remember all that it says. */
function open(namespace, options) {
  const socket = io(base + namespace, {
    ...options,
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
  });
  const heard = [];
  const waiting = new Set();
  socket.onAny((event, data) => {
    heard.push({ event, data });
    for (const look of waiting) look();
  });
  return {
    socket,
    heard,
    call: (command, input) => socket.timeout(PATIENCE).emitWithAck(command, input),
    /** The first event of this name that fits, from the `from`th of all events on. */
    wait(event, fits = () => true, from = 0) {
      return new Promise((done, fail) => {
        const late = setTimeout(() => fail(new Error(`${event} didn't come`)), PATIENCE);
        const look = () => {
          const found = heard.slice(from).find((one) => one.event === event && fits(one.data));
          if (!found) return;
          clearTimeout(late);
          waiting.delete(look);
          done(found.data);
        };
        waiting.add(look);
        look();
      });
    },
  };
}

/** A thread as section "What a client does" asks for: take rev + 1, drop what isn't newer. */
function createThread() {
  const thread = { rev: 0, status: null, rows: new Map(), holes: 0 };
  let held = null;
  return {
    thread,
    /** After a connection was lost nothing is applied before the sync. */
    hold() {
      held = [];
    },
    apply(change) {
      if (held) held.push(change);
      if (held || !change || change.rev <= thread.rev) return;
      if (change.rev > thread.rev + 1) thread.holes += 1;
      take(change);
    },
    synced(answer) {
      if (answer.reset) thread.rows.clear();
      take(answer);
      const later = held ?? [];
      held = null;
      for (const change of later) this.apply(change);
    },
    texts: () => [...thread.rows.values()].sort((a, b) => a.seq - b.seq).map((row) => row.text),
  };

  function take(change) {
    thread.rev = change.rev;
    thread.status = change.conversation.status;
    for (const row of change.messages) thread.rows.set(row.id, row);
  }
}

/** Why a connect is refused. */
function refusal(namespace, options) {
  return new Promise((done) => {
    const { socket } = open(namespace, { ...options, reconnection: false });
    socket.on("connect_error", (error) => {
      socket.close();
      done({ message: error.message, data: error.data });
    });
  });
}

const seen = {};

seen.refused = await refusal("/visitor", { auth: { token: "wrong" } });

const { token } = (await post("/api/visitor/session", {})).answer;
const visitor = open("/visitor", { auth: { token } });
const chat = createThread();
seen.welcome = await visitor.wait("welcome");
visitor.socket.on("conversation.changed", (change) => chat.apply(change));

const signedIn = await post("/api/operator/login", { email, password });
const cookie = signedIn.headers.getSetCookie()[0].split(";")[0];
const operator = open("/operator", { extraHeaders: { Cookie: cookie } });
seen.panel = await operator.wait("welcome");

// A visitor starts, an operator finds the chat in the list and answers.
const started = await visitor.call("chat.start", {
  start_id: newId(),
  form: { name: "Mari" },
  client_id: newId(),
  text: "Do you have moss green?",
});
chat.apply(started.change);
const { conversation } = started;
const pushed = await operator.wait("conversation.changed", (change) => change.id === conversation);
seen.question = pushed.messages.map((row) => row.text);
const listed = await operator.call("inbox.list", { view: "all" });
seen.listed = listed.rows.filter((row) => row.id === conversation).length;
const opened = await operator.call("conversation.open", { conversation });
seen.card = opened.visitor.name;
const answered = await operator.call("message.send", {
  conversation,
  client_id: newId(),
  text: "Two skeins are left",
  quote: opened.messages[0].id,
});
const theirs = (change) => change.messages.some((row) => row.id === answered.id);
const answer = await visitor.wait("conversation.changed", theirs);
seen.answer = answer.messages.map((row) => [row.author.name, row.text, row.quote.text]);

// Typing, both ways; marks.
await visitor.call("typing", { conversation });
seen.visitorTypes = (await operator.wait("typing")).author.name;
await operator.call("typing", { conversation });
seen.operatorTypes = (await visitor.wait("typing")).author.name;
seen.marked = await visitor.call("mark.read", { conversation, seq: answered.seq });
const marked = (change) => change.conversation.read.visitor === answered.seq;
await operator.wait("conversation.changed", marked);
await visitor.wait("conversation.changed", marked);

// The connection breaks after a message was taken and before anybody knows: it is sent again.
const draft = { conversation, client_id: newId(), text: "I take both" };
visitor.socket.emit("message.send", draft);
await operator.wait("conversation.changed", (change) =>
  change.messages.some((row) => row.text === draft.text),
);
const mine = chat.thread.rev;
const before = visitor.heard.length;
chat.hold();
visitor.socket.io.engine.close();
await operator.call("message.send", { conversation, client_id: newId(), text: "Packed" });
const again = await visitor.wait("welcome", () => true, before);
seen.behind = again.conversation.rev > mine;
const resent = await visitor.call("message.send", draft);
seen.resent = { seq: resent.seq, change: resent.change };
chat.synced(await visitor.call("conversation.sync", { conversation, after: mine }));

// After the reconnect pushes come as before.
const goodbye = await operator.call("message.send", {
  conversation,
  client_id: newId(),
  text: "Goodbye",
});
const last = (change) => change.conversation.seq === goodbye.seq;
await visitor.wait("conversation.changed", last, before);
await operator.call("conversation.close", { conversation });
await visitor.wait("conversation.changed", (change) => change.conversation.status === "closed");
seen.goodbye = goodbye.seq;
seen.texts = chat.texts();
seen.status = chat.thread.status;
seen.holes = chat.thread.holes;

const fresh = createThread();
fresh.synced(await visitor.call("conversation.sync", { conversation, after: 0 }));
seen.same = JSON.stringify(fresh.texts()) === JSON.stringify(seen.texts);
seen.rev = [fresh.thread.rev, chat.thread.rev];

// What is wrong is said, and nothing breaks.
seen.unknown = await visitor.call("nonsense", {});
seen.invalid = await visitor.call("message.send", { conversation, client_id: "x", text: "" });
seen.foreign = await operator.call("conversation.open", { conversation: "0".repeat(32) });

visitor.socket.close();
operator.socket.close();
console.log(JSON.stringify(seen));
