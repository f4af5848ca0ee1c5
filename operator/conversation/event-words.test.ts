import { beforeEach, expect, test } from "vitest";
import { loadLanguage } from "../../browser/i18n.ts";
import { COLLEAGUE, ME, message, VISITOR } from "../testing/samples.ts";
import { eventWords } from "./event-words.ts";

beforeEach(() => loadLanguage("en"));

const happened = (event: string, author = COLLEAGUE, text: string | null = null) =>
  eventWords(message({ kind: "event", event, author, text }), "me");

test("who did it, or you", () => {
  expect(happened("taken")).toBe("Marten Kask took the chat");
  expect(happened("closed", ME)).toBe("You closed the chat");
});

test("an assignment names both, or says that it was taken over", () => {
  expect(happened("assigned", COLLEAGUE, "Liisa Tamm")).toBe(
    "Marten Kask handed the chat to Liisa Tamm",
  );
  expect(happened("assigned", COLLEAGUE, "Marten Kask")).toBe("Marten Kask took the chat over");
});

test("a visitor without a name who writes again reopens it", () => {
  expect(happened("reopened", { ...VISITOR, name: null })).toBe("Visitor reopened the chat");
});

test("what a newer server tells is no riddle", () => {
  expect(happened("merged")).toBe("The chat changed");
});
