import { expect, test } from "vitest";
import type { Canned } from "../../browser/protocol.ts";
import { filled, matches, tokenAt } from "./canned.ts";

const reply = (shortcut: string, text = ""): Canned => ({
  id: shortcut,
  scope: "all",
  team: null,
  shortcut,
  text,
  may_edit: true,
  changed_at: "2026-11-19T12:00:00.000Z",
});

test("a stroke begins it at the start and after a space, nowhere else", () => {
  expect(tokenAt("/mak", 4)).toEqual({ from: 0, typed: "mak" });
  expect(tokenAt("Tere! /", 7)).toEqual({ from: 6, typed: "" });
  expect(tokenAt("km/h", 4)).toBeNull();
  expect(tokenAt("https://example.org", 19)).toBeNull();
  expect(tokenAt("/mak tere", 9)).toBeNull();
});

test("shortcuts come before texts", () => {
  const all = [reply("tere", "Maksmine"), reply("kaardimakse"), reply("makselink")];
  expect(matches(all, "mak").map(({ shortcut }) => shortcut)).toEqual([
    "makselink",
    "kaardimakse",
    "tere",
  ]);
  expect(matches(all, "zzz")).toEqual([]);
});

test("variables are filled in, and what is not known stays to be seen", () => {
  const variables = {
    "visitor.name": "Anu",
    "visitor.email": "",
    "operator.name": "Liisa",
    "site.name": "Lõng & Lina",
  };
  expect(filled("Tere, {visitor.name}! {site.name}", variables)).toBe("Tere, Anu! Lõng & Lina");
  expect(filled("{visitor.email} {order} {x", variables)).toBe("{visitor.email} {order} {x");
});
