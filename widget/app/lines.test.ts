import { expect, test } from "vitest";
import { empty } from "../../browser/apply.ts";
import type { VisitorMessage } from "../../browser/protocol.ts";
import { linesOf, type Said } from "./lines.ts";
import { conversation, draft, LIISA, message } from "./testing.ts";

const stateOf = (messages: VisitorMessage[], part = {}) => ({
  ...empty<VisitorMessage, ReturnType<typeof conversation>>(),
  conversation: conversation(part),
  messages,
});
const said = (lines: ReturnType<typeof linesOf>) =>
  lines.filter((line): line is Said => line.kind === "said");

test("a line with the date stands before each new day", () => {
  const lines = linesOf(
    stateOf([
      message(1, { at: "2026-11-18T12:00:00.000Z" }),
      message(2, { at: "2026-11-19T12:00:00.000Z" }),
      message(3, { at: "2026-11-19T12:00:01.000Z" }),
    ]),
    [],
    true,
  );
  expect(lines.map((line) => (line.kind === "day" ? "day" : line.text))).toEqual([
    ...["day", "text 1", "day", "text 2", "text 3"],
  ]);
});

test("deleted messages leave nothing, not even a gap", () => {
  const lines = linesOf(
    stateOf([message(1), message(2, { deleted: true, text: null }), message(3)]),
    [],
    true,
  );
  expect(said(lines).map(({ text, first, last }) => [text, first, last])).toEqual([
    ["text 1", true, false],
    ["text 3", false, true],
  ]);
});

test("one author goes on for two minutes, drafts included", () => {
  const lines = linesOf(
    stateOf([
      message(1, { author: LIISA, at: "2026-11-19T12:00:00.000Z" }),
      message(2, { author: LIISA, at: "2026-11-19T12:01:59.000Z" }),
      message(3, { author: LIISA, at: "2026-11-19T12:04:00.000Z" }),
      message(4, { at: "2026-11-19T12:04:01.000Z" }),
    ]),
    [draft({ at: Date.parse("2026-11-19T12:04:02.000Z") })],
    true,
  );
  expect(said(lines).map(({ first, last }) => [first, last])).toEqual([
    ...[
      [true, false],
      [false, true],
      [true, true],
      [true, false],
      [false, true],
    ],
  ]);
});

test("own messages say how far they got, others' do not", () => {
  const part = { read: { visitor: 0, operator: 1 }, delivered: { visitor: 0, operator: 2 } };
  const lines = linesOf(
    stateOf([message(1), message(2), message(3), message(4, { author: LIISA })], part),
    [],
    true,
  );
  expect(said(lines).map(({ progress }) => progress)).toEqual(["read", "delivered", "sent", null]);
});

test.each([
  [{ state: "waiting" }, true, "sending"],
  [{ state: "sending" }, true, "sending"],
  [{ state: "sending" }, false, "offline"],
  [{ state: "waiting", code: "rate_limited" }, true, "too_fast"],
  [{ state: "failed", code: "invalid" }, false, "failed"],
  [{ state: "sent" }, false, "sent"],
] as const)("a draft %j, online %j, is %s", (part, online, progress) => {
  expect(said(linesOf(null, [draft(part)], online))[0]?.progress).toBe(progress);
});

test("a draft's bubble stays the same one when the server confirms it", () => {
  const before = said(linesOf(null, [draft({ client_id: "client-1" })], true));
  const after = said(linesOf(stateOf([message(1)]), [], true));
  expect(after[0]?.key).toBe(before[0]?.key);
});
