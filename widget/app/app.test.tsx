import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { empty } from "../../browser/apply.ts";
import type { ConnectionState } from "../../browser/connection.ts";
import { loadLanguage } from "../../browser/i18n.ts";
import type { Draft } from "../../browser/outbox.ts";
import type { FormField, Person, VisitorMessage } from "../../browser/protocol.ts";
import type { Refusal } from "../../browser/refusal.ts";
import { createStore } from "../../browser/store.ts";
import { App } from "./app.tsx";
import { createBell } from "./bell.ts";
import type { VisitorState } from "./current.ts";
import * as parts from "./parts.ts";
import { answering, site } from "./site.ts";
import {
  field as asks,
  conversation,
  draft,
  HELLO,
  hostPage,
  LIISA,
  message,
  online,
} from "./testing.ts";
import { createWriting } from "./writing.ts";

function setUp({ alone = false } = {}) {
  const chat = {
    state: signal<VisitorState | null>(null),
    drafts: signal<readonly Draft[]>([]),
    typing: signal<Person | null>(null),
    network: signal<ConnectionState>("online"),
    loading: signal(false),
    refusal: signal<Refusal | null>(null),
    seen: signal(true),
    staleLink: signal(false),
    returned: signal<{ field: string; text: string } | null>(null),
    ...{ send: vi.fn(), retry: vi.fn(), discard: vi.fn(), typed: vi.fn(), reconnect: vi.fn() },
    ...{ forget: vi.fn(), about: vi.fn(), earlier: vi.fn() },
  };
  const page = hostPage(alone ? null : HELLO, vi.fn());
  const store = createStore("kell.k.");
  const writing = createWriting(store, chat.state);
  render(<App bell={createBell(store)} chat={chat} page={page} store={store} writing={writing} />);
  return { chat, page, writing };
}

const talk = (messages: VisitorMessage[], part = {}): VisitorState => ({
  ...empty(),
  conversation: conversation({ seq: messages.length, ...part }),
  messages,
});
const log = () => within(screen.getByRole("log"));
const field = () => screen.getByRole<HTMLTextAreaElement>("textbox");

beforeAll(async () => {
  await loadLanguage("en");
  await vi.waitFor(() =>
    expect(parts.talk.value && parts.form.value && parts.opening.value).toBeTruthy(),
  );
});

beforeEach(() => {
  localStorage.clear();
  site.value = { ...site.peek(), fields: [] };
  answering.value = online();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
});

afterEach(cleanup);

describe("the thread", () => {
  test("greets before there is a chat, not while an earlier one is looked for", async () => {
    const { chat } = setUp();
    expect(log().getByRole("heading").textContent).toBe("Hello! How can we help?");
    chat.loading.value = true;
    await vi.waitFor(() => expect(screen.queryByRole("heading", { level: 2 })).toBeNull());
  });

  test("shows who says what and when, with what it answers", async () => {
    const { chat } = setUp();
    const quote = { id: "m1", seq: 1, author: LIISA, text: "the first", deleted: false };
    chat.state.value = talk([
      message(1, { author: LIISA, text: "the first" }),
      message(2, { text: "my answer", quote }),
      message(3, { text: "and this", quote: { ...quote, text: null, deleted: true } }),
    ]);
    expect(await log().findAllByText("Liisa Tamm")).toHaveLength(2);
    expect(log().getAllByText("the first")).toHaveLength(2);
    expect(log().getAllByRole("button", { name: /first/ })).toHaveLength(1);
    expect(document.querySelector("#m2 time")?.getAttribute("datetime")).toBe(
      "2026-11-19T12:02:00.000Z",
    );
    fireEvent.click(log().getByRole("button", { name: /first/ }));
    expect(document.activeElement?.id).toBe("m1");
  });

  test("rings the original of a quote for 1.2 s", async () => {
    vi.useFakeTimers();
    const { chat } = setUp();
    const quote = { id: "m1", seq: 1, author: LIISA, text: "the first", deleted: false };
    chat.state.value = talk([
      message(1, { author: LIISA, text: "the first" }),
      message(2, { quote }),
    ]);
    await vi.advanceTimersByTimeAsync(0);
    const original = document.querySelector<HTMLElement>("#m1");
    const before = original?.className;
    const follow = () => fireEvent.click(log().getByRole("button", { name: /first/ }));
    follow();
    await vi.advanceTimersByTimeAsync(1000);
    expect(original?.className).not.toBe(before);
    // A second click begins a second ring.
    follow();
    await vi.advanceTimersByTimeAsync(1199);
    expect(original?.className).not.toBe(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(original?.className).toBe(before);
    vi.useRealTimers();
  });

  test("calls the day by its new name after midnight", async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 19, 23, 58, 30) });
    const { chat } = setUp();
    chat.state.value = talk([message(1, { at: new Date().toISOString() })]);
    await vi.advanceTimersByTimeAsync(0);
    expect(log().getByText(/^Today, /)).toBeTruthy();
    await vi.advanceTimersByTimeAsync(150_000);
    expect(log().getByText(/^Yesterday, /)).toBeTruthy();
    vi.useRealTimers();
  });

  test("treats what people write as text", async () => {
    const { chat } = setUp();
    const text = '<img src=x onerror="alert(1)"> see https://a.example/?q="x"';
    chat.state.value = talk([message(1, { author: LIISA, text })]);
    expect((await log().findByRole("link")).getAttribute("href")).toBe("https://a.example/?q=");
    expect(document.querySelector("#m1 img")).toBeNull();
    expect(document.querySelector("#m1")?.textContent).toContain(text);
  });

  test("says how far an own message got", async () => {
    const { chat } = setUp();
    const part = { read: { visitor: 0, operator: 1 }, delivered: { visitor: 0, operator: 2 } };
    chat.state.value = talk([message(1), message(2), message(3)], part);
    chat.drafts.value = [draft()];
    await log().findByRole("img", { name: "Read" });
    for (const name of ["Delivered", "Sent", "Sending"]) log().getByRole("img", { name });
  });

  test("offers to try a failed one again, or to throw it away", async () => {
    const { chat } = setUp();
    chat.drafts.value = [draft({ client_id: "x", state: "failed", code: "invalid" })];
    fireEvent.click(await log().findByRole("button", { name: "Try again" }));
    expect(chat.retry).toHaveBeenCalledWith("x");
    fireEvent.click(log().getByRole("button", { name: "Delete" }));
    expect(chat.discard).toHaveBeenCalledWith("x");
  });

  test("shows who is typing", async () => {
    const { chat } = setUp();
    chat.typing.value = LIISA;
    await screen.findByRole("img", { name: "Liisa Tamm is typing" });
  });
});

describe("the composer", () => {
  test("Enter sends, Shift+Enter does not, nor Enter in the middle of a word", () => {
    const { chat } = setUp();
    fireEvent.input(field(), { target: { value: " hello " } });
    expect(chat.typed).toHaveBeenCalled();
    fireEvent.keyDown(field(), { key: "Enter", shiftKey: true });
    fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
    expect(chat.send).not.toHaveBeenCalled();
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(chat.send).toHaveBeenCalledExactlyOnceWith("hello", null);
  });

  test("sends nothing of nothing", () => {
    const { chat } = setUp();
    fireEvent.input(field(), { target: { value: " \n " } });
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(chat.send).not.toHaveBeenCalled();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
  });

  test("keeps what is being written over a reload", () => {
    setUp();
    fireEvent.input(field(), { target: { value: "half a sen" } });
    cleanup();
    setUp();
    expect(field().value).toBe("half a sen");
  });
});

describe("answering a message", () => {
  const replies = () => screen.queryAllByRole("button", { name: "Reply" });
  const drop = () => screen.queryByRole("button", { name: "Don’t quote" });

  async function two() {
    const made = setUp();
    made.chat.state.value = talk([
      message(1, { author: LIISA, text: "blue or green?" }),
      message(2),
    ]);
    made.chat.drafts.value = [draft()];
    await vi.waitFor(() => expect(replies()).toHaveLength(2));
    return made;
  }

  test("puts its quote above the composer, and sends it along", async () => {
    const { chat } = await two();
    fireEvent.click(replies()[0] as HTMLElement);
    await vi.waitFor(() => expect(drop()).not.toBeNull());
    expect(document.activeElement).toBe(field());
    fireEvent.input(field(), { target: { value: "green" } });
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(chat.send).toHaveBeenCalledExactlyOnceWith("green", {
      ...{ id: "m1", seq: 1, author: LIISA, text: "blue or green?", deleted: false },
    });
    await vi.waitFor(() => expect(drop()).toBeNull());
  });

  test("can be taken back, by its button and by Esc, which then does not close the window", async () => {
    await two();
    const closed = vi.fn();
    addEventListener("keydown", closed);
    for (const back of [
      () => fireEvent.click(drop() as HTMLElement),
      () => fireEvent.keyDown(field(), { key: "Escape" }),
    ]) {
      fireEvent.click(replies()[1] as HTMLElement);
      await vi.waitFor(() => expect(drop()).not.toBeNull());
      back();
      await vi.waitFor(() => expect(drop()).toBeNull());
    }
    expect(closed).not.toHaveBeenCalled();
    fireEvent.keyDown(field(), { key: "Escape" });
    expect(closed).toHaveBeenCalledOnce();
    removeEventListener("keydown", closed);
  });

  test("survives a reload, but not the end of what it quotes", async () => {
    await two();
    fireEvent.click(replies()[0] as HTMLElement);
    await vi.waitFor(() => expect(drop()).not.toBeNull());
    expect(JSON.stringify({ ...localStorage })).not.toContain("green");
    cleanup();
    const { chat } = await two();
    expect(drop()).not.toBeNull();
    chat.state.value = talk([message(1, { author: LIISA, text: null, deleted: true }), message(2)]);
    await vi.waitFor(() => expect(drop()).toBeNull());
  });

  test("of a closed chat brings the composer back", async () => {
    const { chat } = setUp();
    const closed_at = "2026-11-19T13:00:00.000Z";
    chat.state.value = talk([message(1, { author: LIISA })], { status: "closed", closed_at });
    await vi.waitFor(() => expect(replies()).toHaveLength(1));
    expect(screen.queryByRole("textbox")).toBeNull();
    fireEvent.click(replies()[0] as HTMLElement);
    await vi.waitFor(() => expect(drop()).not.toBeNull());
    expect(document.activeElement).toBe(field());
  });

  test("is one stop for Tab, and arrows go on from there", async () => {
    await two();
    expect(replies().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    fireEvent.keyDown(field(), { key: "ArrowUp" });
    expect(document.activeElement).toBe(replies()[1]);
    const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
    press("ArrowUp");
    expect(document.activeElement).toBe(replies()[0]);
    press("ArrowUp");
    expect(document.activeElement).toBe(replies()[0]);
    press("End");
    expect(document.activeElement).toBe(replies()[1]);
  });

  test.each([
    ["48 px to the end side", [48, 0], true],
    ["less", [47, 0], false],
    ["to the start side", [-60, 0], false],
    ["more down than across", [50, 55], false],
  ])("is asked for by a finger that pulls it: %s", async (_, [x = 0, y = 0], meant) => {
    await two();
    const bubble = document.querySelector("#m1") as HTMLElement;
    const touch = { pointerType: "touch", isPrimary: true, bubbles: true };
    const at = (clientX: number, clientY: number) => ({ ...touch, clientX, clientY });
    bubble.dispatchEvent(new PointerEvent("pointerdown", at(100, 100)));
    bubble.dispatchEvent(new PointerEvent("pointermove", at(100 + x / 2, 100 + y / 2)));
    bubble.dispatchEvent(new PointerEvent("pointermove", at(100 + x, 100 + y)));
    bubble.dispatchEvent(new PointerEvent("pointerup", at(100 + x, 100 + y)));
    await new Promise((done) => setTimeout(done));
    expect(drop() !== null).toBe(meant);
  });

  test("is not asked for by a mouse that pulls it, nor by a finger that scrolls", async () => {
    await two();
    const bubble = document.querySelector("#m1") as HTMLElement;
    const pull = (pointerType: string, last: string) => {
      const part = { pointerType, isPrimary: true, bubbles: true };
      bubble.dispatchEvent(new PointerEvent("pointerdown", { ...part, clientX: 10 }));
      bubble.dispatchEvent(new PointerEvent("pointermove", { ...part, clientX: 90 }));
      bubble.dispatchEvent(new PointerEvent(last, { ...part, clientX: 90 }));
    };
    pull("mouse", "pointerup");
    pull("touch", "pointercancel");
    await new Promise((done) => setTimeout(done));
    expect(drop()).toBeNull();
  });
});

describe("a page of its own", () => {
  test("has nothing to close, and says what it is", () => {
    const { page } = setUp({ alone: true });
    expect(page.hello.value).toBeNull();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("ChatWe are here");
    expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  });

  test("says that a link is too old, and offers to write anew", async () => {
    const { chat } = setUp({ alone: true });
    chat.staleLink.value = true;
    await screen.findByText(/This link no longer opens your earlier chat/);
    fireEvent.click(screen.getByRole("button", { name: "Write again" }));
    await vi.waitFor(() => expect(screen.queryByText(/This link/)).toBeNull());
    expect(document.activeElement).toBe(field());
  });
});

describe("states", () => {
  test("a network that stays away is said, one that comes back at once is not", async () => {
    vi.useFakeTimers();
    const { chat } = setUp();
    const said = () => screen.queryByText("No network. We’ll send it once you’re back.");
    chat.network.value = "offline";
    await vi.advanceTimersByTimeAsync(1000);
    chat.network.value = "online";
    await vi.advanceTimersByTimeAsync(5000);
    expect(said()).toBeNull();
    chat.network.value = "offline";
    await vi.advanceTimersByTimeAsync(3000);
    expect(said()).not.toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Try now" }));
    expect(chat.reconnect).toHaveBeenCalled();
    vi.useRealTimers();
  });

  test("after the end of a chat the composer is one click away", async () => {
    const { chat } = setUp();
    chat.state.value = talk([message(1)], {
      status: "closed",
      closed_at: "2026-11-19T13:00:00.000Z",
    });
    fireEvent.click(await screen.findByRole("button", { name: "Write again" }));
    await vi.waitFor(() => field());
  });

  test("where there is no chat, it says so", async () => {
    const { chat } = setUp();
    chat.refusal.value = { error: { code: "not_found" } };
    await screen.findByText("The chat doesn’t work on this page.");
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  test("the head names who answers, and closes the window", async () => {
    const { chat, page } = setUp();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Lõng & LinaWe are here");
    chat.state.value = talk([message(1)], { operator: LIISA });
    await vi.waitFor(() =>
      expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Liisa TammWe are here"),
    );
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(page.tell).toHaveBeenCalledWith({ kell: "close" });
  });
});

describe("the form", () => {
  const NAME = asks("name", { label: "Name", required: true });
  const EMAIL = asks("email", { label: "E-mail", kind: "email" });
  const TOPIC = asks("topic", {
    ...{ label: "Topic", kind: "topic" },
    options: [
      { id: "order", label: "Order" },
      { id: "other", label: "Other" },
    ],
  });
  const AGREE = asks("agree", {
    ...{ label: "I agree.", kind: "consent", required: true },
    policy: { url: "https://shop.example/privacy", version: "7" },
  });
  const ask = (...fields: FormField[]) => {
    site.value = { ...site.peek(), fields };
  };
  const named = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
  const send = () => fireEvent.click(screen.getByRole("button", { name: "Start the chat" }));
  const type = (name: string, value: string) => fireEvent.input(named(name), { target: { value } });

  test("says at each field what is missing, leads there, and lets it be mended", async () => {
    ask(NAME, EMAIL, AGREE);
    const { chat } = setUp();
    await type("E-mail (optional)", "kadri@");
    await send();
    expect(chat.send).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(named("Name"));
    expect(named("Name").getAttribute("aria-invalid")).toBe("true");
    const why = document.getElementById(
      named("E-mail (optional)").getAttribute("aria-describedby") ?? "",
    );
    expect(why?.textContent).toBe("This e-mail address isn’t complete");
    await type("Name", "Kadri-Liis");
    expect(named("Name").getAttribute("aria-invalid")).toBe("false");
    await type("E-mail (optional)", "kadri@example.com");
    await type("Message", "Where is my order?");
    await send();
    expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: "I agree." }));
    await fireEvent.click(screen.getByRole("checkbox"));
    await send();
    expect(chat.send).toHaveBeenCalledExactlyOnceWith("Where is my order?", null, {
      ...{ name: "Kadri-Liis", email: "kadri@example.com", agree: "7" },
    });
  });

  test("goes with the first message; later the thread is there without it", async () => {
    ask(NAME);
    const { chat } = setUp();
    expect(screen.queryByRole("log")).toBeNull();
    chat.drafts.value = [draft({ conversation: null })];
    expect(await screen.findByRole("log")).toBeTruthy();
  });

  test("asks more once a topic is chosen", async () => {
    ask(TOPIC, asks("number", { label: "Number", topics: ["order"] }));
    setUp();
    expect(screen.queryByRole("textbox", { name: "Number (optional)" })).toBeNull();
    await fireEvent.click(screen.getByRole("radio", { name: "Order" }));
    expect(named("Number (optional)")).toBeTruthy();
  });

  test("is kept over a reload, and filled in by the page where nothing was typed", async () => {
    ask(NAME, EMAIL);
    setUp();
    await type("Name", "Kadri");
    cleanup();
    const { page } = setUp();
    page.answers.value = { name: "Page", email: "page@example.com", message: "From the basket" };
    expect((await screen.findByDisplayValue("page@example.com")).id).toBe("f-email");
    expect(named("Name").value).toBe("Kadri");
    expect(named("Message").value).toBe("From the basket");
  });

  test("comes back with the words if the server finds something, and leads to it", async () => {
    ask(NAME, EMAIL);
    const { chat, writing } = setUp();
    chat.returned.value = { field: "email", text: "Where is my order?" };
    expect(await screen.findByText("Please check this")).toBeTruthy();
    expect(document.activeElement).toBe(named("E-mail (optional)"));
    expect(writing.text.value).toBe("Where is my order?");
  });

  test("begins with the message while nobody answers, and says when somebody will", async () => {
    ask(NAME);
    const monday = new Date();
    monday.setDate(monday.getDate() + 3);
    monday.setHours(9, 0, 0, 0);
    answering.value = online({ state: "closed", next_open: monday.toISOString() });
    setUp();
    expect(screen.getAllByRole("textbox").map(({ id }) => id)).toEqual(["f-", "f-name"]);
    expect(screen.getByRole("heading", { level: 2 }).textContent).toMatch(
      /^We answer on \w+day at 9:00/,
    );
    expect(screen.getByRole("button", { name: "Send" })).toBeTruthy();
  });
});

describe("who answers", () => {
  const people = [
    { name: "Liisa Tamm", photo: null },
    { name: "Marten Kask", photo: null },
  ];
  const heading = () => screen.getByRole("heading", { level: 1 }).textContent;

  test("is said before the chat, and lives", async () => {
    answering.value = online({ people, reply_minutes: 2 });
    setUp();
    expect(heading()).toBe("Liisa and MartenUsually answers within 2 minutes");
    answering.value = online({ state: "away" });
    expect(
      await screen.findByText("Nobody is at the desk right now", { selector: "small" }),
    ).toBeTruthy();
  });

  test("whoever wrote stands above the thread", () => {
    answering.value = online({ people });
    const { chat } = setUp();
    chat.state.value = talk([message(1, { author: LIISA })], { operator: LIISA });
    expect(heading()).toContain("We are here");
  });
});

test("an emoji goes where the caret is", async () => {
  setUp();
  await fireEvent.input(field(), { target: { value: "Thanks!" } });
  field().setSelectionRange(6, 6);
  await fireEvent.click(screen.getByRole("button", { name: "Emoji" }));
  await fireEvent.click(await screen.findByRole("button", { name: "👍" }));
  expect(field().value).toBe("Thanks👍!");
  expect(screen.queryByRole("button", { name: "👍" })).toBeNull();
});
