import { expect, test } from "vitest";
import { COLLEAGUE, ME, message, VISITOR } from "../testing/samples.ts";
import { linesOf } from "./lines.ts";

const local = (time: string, day = "2026-11-19") => new Date(`${day}T${time}`).toISOString();

function shapes(...messages: ReturnType<typeof message>[]): string[] {
  return linesOf(messages).map((line) =>
    line.kind === "message" && line.joined ? "joined" : line.kind,
  );
}

test("each new day begins with its date", () => {
  const evening = message({ id: "1", at: local("23:59:00", "2026-11-18") });
  const night = message({ id: "2", at: local("00:01:00") });
  expect(shapes(evening, night)).toEqual(["day", "message", "day", "message"]);
});

test("one author's messages join within two minutes", () => {
  const first = message({ id: "1", at: local("12:00:00") });
  const soon = message({ id: "2", at: local("12:01:59") });
  const late = message({ id: "3", at: local("12:05:00") });
  expect(shapes(first, soon, late)).toEqual(["day", "message", "joined", "message"]);
});

test("another author, a note or a deleted message between them parts them", () => {
  const at = local("12:00:00");
  const ours = message({ id: "1", author: ME, at });
  const theirs = message({ id: "2", author: COLLEAGUE, at });
  const note = message({ id: "3", author: COLLEAGUE, kind: "note", at });
  const after = message({ id: "4", author: COLLEAGUE, at });
  const dead = message({ id: "5", author: COLLEAGUE, deleted: true, text: null, at });
  const last = message({ id: "6", author: COLLEAGUE, at });
  expect(shapes(ours, theirs, note, after, dead, last)).toEqual([
    "day",
    "message",
    "message",
    "note",
    "message",
    "tombstone",
    "message",
  ]);
});

test("what happened with the chat is a line of its own", () => {
  const taken = message({ id: "1", kind: "event", event: "taken", text: null, author: ME });
  expect(shapes(taken, message({ id: "2", author: VISITOR }))).toEqual(["day", "event", "message"]);
});
