import { expect, test } from "vitest";
import type { Refusal } from "../../browser/connection.ts";
import type { InboxPage } from "../../browser/protocol.ts";
import { refusal } from "../../browser/refusal.ts";
import { answered, at, row, waiting } from "../testing/samples.ts";
import { createView } from "./view.ts";

/** A server that answers when told to. */
function server() {
  const asked: { after: string | null; answer: (page: InboxPage | Refusal) => void }[] = [];
  const read = (_view: string, after: string | null) =>
    new Promise<InboxPage | Refusal>((answer) => asked.push({ after, answer }));
  return { asked, read };
}

const page = (id: string, next: string | null = null): InboxPage => ({
  rows: [row(answered(id, at("11:00:00")), 5)],
  next,
  waiting: 0,
});

function setup() {
  const { asked, read } = server();
  const view = createView("all", () => true, read);
  return { asked, view, ids: () => [...view.list.value.rows.keys()] };
}

test("a frame that came while the page was read is not lost", async () => {
  const { asked, view, ids } = setup();
  const reading = view.reload();
  view.change(row(waiting("new", at("12:00:00")), 1));
  asked[0]?.answer(page("a"));
  await reading;
  expect(ids()).toEqual(["a", "new"]);
  expect(view.waiting.value).toBe(1);
});

test("a chat that left while the page was read does not come back with it", async () => {
  const { asked, view, ids } = setup();
  const reading = view.reload();
  view.change({ ...row(answered("a", at("11:00:00")), 6) });
  view.gone("a");
  asked[0]?.answer(page("a"));
  await reading;
  expect(ids()).toEqual([]);
});

test("every page that was shown is read again", async () => {
  const { asked, view, ids } = setup();
  const reading = view.reload();
  asked[0]?.answer(page("a", "two"));
  await reading;
  const more = view.more();
  expect(asked[1]?.after).toBe("two");
  asked[1]?.answer(page("b"));
  await more;
  const again = view.reload();
  asked[2]?.answer(page("c", "two"));
  await Promise.resolve();
  asked[3]?.answer(page("d"));
  await again;
  expect(ids()).toEqual(["c", "d"]);
});

test("a failed reload keeps what is shown and says so", async () => {
  const { asked, view, ids } = setup();
  const reading = view.reload();
  asked[0]?.answer(page("a"));
  await reading;
  const again = view.reload();
  asked[1]?.answer(refusal("internal"));
  await again;
  expect(ids()).toEqual(["a"]);
  expect(view.state.value).toBe("failed");
  expect(view.failure.value).toBe("internal");
});

test("the answer to an earlier reload is thrown away", async () => {
  const { asked, view, ids } = setup();
  const first = view.reload();
  const second = view.reload();
  asked[1]?.answer(page("new"));
  asked[0]?.answer(page("old"));
  await Promise.all([first, second]);
  expect(ids()).toEqual(["new"]);
});
