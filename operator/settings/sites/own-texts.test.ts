import { expect, test } from "vitest";
import { ownText, withText } from "./own-texts.ts";

const texts = { en: { "widget.greeting": "Hi", "widget.launcher": "Talk" }, et: {} };

test("own words are found by language", () => {
  expect(ownText(texts, "widget.greeting")).toEqual({ en: "Hi" });
});

test("an emptied text is the default again, and an empty language is none", () => {
  expect(withText(texts, "widget.greeting", { et: "Tere" })).toEqual({
    en: { "widget.launcher": "Talk" },
    et: { "widget.greeting": "Tere" },
  });
  expect(withText({ en: { a: "b" } }, "a", {})).toEqual({});
});
