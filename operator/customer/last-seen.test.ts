import { expect, test } from "vitest";
import { at, ME, VISITOR } from "../testing/samples.ts";
import { lastSeen } from "./last-seen.ts";

const card = { last_seen_at: at("12:00:00") };
const wrote = (author: typeof ME, time: string) => ({
  last: { line: 1, kind: "message" as const, author, text: "…", at: time, deleted: false },
});

test("a visitor who wrote after the card was read was there then", () => {
  expect(lastSeen(card, wrote(VISITOR, at("12:30:00")))).toBe(at("12:30:00"));
});

test("an older message, or one of ours, says nothing of it", () => {
  expect(lastSeen(card, wrote(VISITOR, at("11:30:00")))).toBe(at("12:00:00"));
  expect(lastSeen(card, wrote(ME, at("12:30:00")))).toBe(at("12:00:00"));
  expect(lastSeen(card, { last: null })).toBe(at("12:00:00"));
});
