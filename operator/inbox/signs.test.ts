import { expect, test } from "vitest";
import { at, conversation, ME } from "../testing/samples.ts";
import { ticks } from "./signs.ts";

const last = { line: 3, kind: "message" as const, text: "…", at: at("12:00:00"), deleted: false };

test("our last message is sent, delivered, read", () => {
  const sent = conversation({ seq: 5, last: { ...last, author: ME } });
  expect(ticks(sent)).toBeNull();
  expect(ticks({ ...sent, delivered: { visitor: 5, operator: 0 } })).toBe("delivered");
  expect(ticks({ ...sent, read: { visitor: 5, operator: 0 } })).toBe("read");
});
