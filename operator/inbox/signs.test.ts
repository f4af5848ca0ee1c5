import { expect, test } from "vitest";
import { at, conversation, ME, VISITOR } from "../testing/samples.ts";
import { ticks, unread } from "./signs.ts";

const last = { line: 3, kind: "message" as const, text: "…", at: at("12:00:00"), deleted: false };

test("what the visitor wrote past the operators' cursor is unread", () => {
  const shown = conversation({
    seq: 5,
    read: { visitor: 0, operator: 3 },
    last: { ...last, author: VISITOR },
  });
  expect(unread(shown)).toBe(2);
  expect(unread({ ...shown, read: { visitor: 0, operator: 5 } })).toBe(0);
});

test("our last message is sent, delivered, read", () => {
  const sent = conversation({ seq: 5, last: { ...last, author: ME } });
  expect(ticks(sent)).toBeNull();
  expect(ticks({ ...sent, delivered: { visitor: 5, operator: 0 } })).toBe("delivered");
  expect(ticks({ ...sent, read: { visitor: 5, operator: 0 } })).toBe("read");
});
