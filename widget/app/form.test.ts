import { describe, expect, test } from "vitest";
import type { FormField } from "../../browser/protocol.ts";
import { asked, faultsOf, given } from "./form.ts";
import { field } from "./testing.ts";

const options = (...ids: string[]) => ids.map((id) => ({ id, label: id }));
const ids = (fields: FormField[], answers = {}, state: "online" | "away" | "closed" = "online") =>
  asked(fields, answers, state).map(({ id }) => id);

describe("a field is asked", () => {
  const fields = [
    field("topic", { kind: "topic", options: options("order", "other") }),
    field("number", { topics: ["order"] }),
    field("company", { when: "online" }),
    field("when", { when: "offline" }),
  ];

  test("for its topics only, once one of them is chosen", () => {
    expect(ids(fields)).not.toContain("number");
    expect(ids(fields, { topic: "order" })).toContain("number");
    expect(ids(fields, { topic: "other" })).not.toContain("number");
  });

  test.each([
    ["online", "company"],
    ["away", "when"],
    ["closed", "when"],
  ] as const)("while the site is %s: %s", (state, id) => {
    expect(ids(fields, {}, state)).toEqual(["topic", id]);
  });

  test("if the visitor wants to be answered there, and then it is needed", () => {
    const ways = [
      field("reach", { kind: "reach", options: options("email", "phone", "here") }),
      field("email", { kind: "email" }),
      field("phone", { kind: "phone" }),
    ];
    expect(ids(ways)).toEqual(["reach"]);
    const [, email] = asked(ways, { reach: "email" }, "closed");
    expect(email).toMatchObject({ id: "email", needed: true });
    expect(ids(ways, { reach: "here" })).toEqual(["reach"]);
    expect(ids(ways.slice(1))).toEqual(["email", "phone"]);
  });
});

test.each([
  ["text", "", "empty"],
  ["text", "  ", "empty"],
  ["text", "Kadri-Liis", undefined],
  ["choice", "", "choose"],
  ["consent", "", "agree"],
  ["consent", "2", undefined],
  ["email", "kadri@example", "email"],
  ["email", "kadri liis@example.com", "email"],
  ["email", "kadri@example.com", undefined],
  ["phone", "+372 55", "short"],
  ["phone", "+372 5555 0134", undefined],
  ["phone", "5555 0134", undefined],
] as const)("%s %j: %s", (kind, answer, fault) => {
  const choices = kind === "choice" ? options("a") : [];
  const one = field("f", { kind, required: true, options: choices });
  expect(faultsOf(asked([one], {}, "online"), { f: answer }, "EE").f).toBe(fault);
});

test("a number without a country is understood only where the site says which", () => {
  const phone = asked([field("phone", { kind: "phone" })], {}, "online");
  expect(faultsOf(phone, { phone: "5555 0134" }, null)).toEqual({ phone: "country" });
  expect(faultsOf(phone, { phone: "00372 5555 0134" }, null)).toEqual({});
});

test("what need not be said may be left out", () => {
  expect(faultsOf(asked([field("name")], {}, "online"), {}, null)).toEqual({});
});

test("the server gets what was asked, and nothing that was typed for another topic", () => {
  const fields = asked([field("name"), field("order")], {}, "online");
  expect(given(fields, { name: " Kadri ", order: "", old: "x" })).toEqual({ name: "Kadri" });
});
