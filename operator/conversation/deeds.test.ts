import { expect, test, vi } from "vitest";
import { COLLEAGUE, conversation, ME } from "../testing/samples.ts";
import { deedsOf } from "./deeds.ts";

const chat = { do: vi.fn(async () => {}), takeOver: vi.fn(async () => {}) };
const names = (part: Parameters<typeof conversation>[0]) =>
  deedsOf(chat, conversation(part), "me").map(({ name }) => name.split(".").at(-1));

test("what can be done depends on whose the chat is", () => {
  expect(names({ assignee: null })).toEqual(["take", "hand_over", "close"]);
  expect(names({ assignee: COLLEAGUE })).toEqual(["take_over", "hand_over", "close"]);
  expect(names({ assignee: ME })).toEqual(["hand_over", "close"]);
  expect(names({ status: "closed", assignee: ME })).toEqual(["reopen"]);
});

test("nobody takes from a colleague what looks like nobody's", () => {
  deedsOf(chat, conversation({ assignee: COLLEAGUE }), "me")[0]?.run();
  expect(chat.takeOver).toHaveBeenCalledTimes(1);
  expect(chat.do).not.toHaveBeenCalled();
});
