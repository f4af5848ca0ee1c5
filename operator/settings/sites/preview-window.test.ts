import { expect, test } from "vitest";
import type { SitePage } from "../shapes.ts";
import { fieldsFor, nextAnswer } from "./preview-window.tsx";

function field(id: string, when: "always" | "online" | "offline", topics: string[] = []) {
  return { id, kind: "text", label: id, required: false, when, topics, options: [], policy: null };
}

const PAGE = {
  fields: [
    field("name", "always"),
    field("queue", "online"),
    field("email", "offline"),
    field("order", "always", ["orders"]),
  ],
} as unknown as SitePage;

test.each([
  ["online", ["name", "queue"]],
  ["away", ["name", "email"]],
  ["closed", ["name", "email"]],
] as const)("%s, %j are asked", (state, ids) => {
  expect(fieldsFor(PAGE, state).map(({ id }) => id)).toEqual(ids);
});

test("who may choose how to be answered is asked for the address afterwards", () => {
  const reach = { ...field("reach", "offline"), kind: "reach", options: [{ id: "email" }] };
  const page = { fields: [reach, field("email", "always")] } as unknown as SitePage;
  expect(fieldsFor(page, "away").map(({ id }) => id)).toEqual(["reach"]);
  expect(fieldsFor(page, "online").map(({ id }) => id)).toEqual(["email"]);
});

const WORDS: Readonly<Record<string, string>> = {
  "widget.answers_at": "Vastame {{day}} kell {{time}}",
  "widget.on_monday": "esmaspäeval",
  "widget.on_date": "{{date}}",
};

test.each([
  [1, "Vastame homme kell 9:00"],
  [3, "Vastame esmaspäeval kell 9:00"],
  [10, "Vastame 30.11 kell 9:00"],
])("who opens in %i days says so in the visitor's language", (days, sentence) => {
  const now = new Date(2026, 10, 20, 18, 0);
  const opens = new Date(2026, 10, 20 + days, 9, 0).toISOString();
  expect(nextAnswer(opens, "et", (key) => WORDS[key] ?? "", now)).toBe(sentence);
});
