import { expect, test } from "vitest";
import type { Colleague } from "../../browser/protocol.ts";
import { receivers } from "./receivers.ts";

const person = (id: string, state: Colleague["state"]): Colleague => ({
  id,
  name: id.toUpperCase(),
  photo: null,
  role: "operator",
  teams: ["one"],
  state,
  works_again: null,
});
const all = {
  people: [person("anu", "offline"), person("me", "online"), person("marten", "online")],
  teams: [
    { id: "one", name: "First line" },
    { id: "two", name: "Second line" },
  ],
};
const asked = { text: "", me: "me", assignee: null, team: "one", speaksOfTeams: true };
const ids = (part = {}) => receivers(all, { ...asked, ...part }).map(({ id }) => id);

test("who is there comes first, then other teams; never oneself", () => {
  expect(ids()).toEqual(["marten", "anu", "two"]);
});

test("who has it is no choice, but its own team's queue is", () => {
  expect(ids({ assignee: "marten" })).toEqual(["anu", "one", "two"]);
});

test("letters narrow it down; a house of one team doesn't speak of teams", () => {
  expect(ids({ text: "sec" })).toEqual(["two"]);
  expect(ids({ speaksOfTeams: false })).toEqual(["marten", "anu"]);
});
