import { expect, test } from "vitest";
import { placeOf } from "./places.ts";

test.each([
  ["", { is: "home" }],
  ["sites/new", { is: "new-site" }],
  ["sites/7", { is: "site", site: "7", section: null }],
  ["sites/7/hours", { is: "site", site: "7", section: "hours" }],
  ["people", { is: "people" }],
  ["people/new", { is: "invite" }],
  ["people/7", { is: "person", person: "7" }],
  ["teams/new", { is: "team", team: null }],
  ["canned/7", { is: "reply", reply: "7" }],
  ["audit", { is: "audit" }],
])("%s is a page", (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test.each(["nowhere", "sites/7/nowhere", "sites/7/look/deeper", "audit/7", "people/7/more"])(
  "%s is none",
  (path) => {
    expect(placeOf(path)).toBeNull();
  },
);
