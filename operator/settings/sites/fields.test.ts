import { expect, test } from "vitest";
import { freeId, isKnown, newField } from "./fields.ts";

test("an id is taken once", () => {
  expect(freeId("text", [])).toBe("text");
  expect(freeId("text", ["text", "text_2"])).toBe("text_3");
});

test("a consent comes with a policy, others with none", () => {
  expect(newField("consent", "consent")).toMatchObject({
    required: true,
    policy: { version: "1" },
  });
  expect(newField("text", "text").policy).toBeNull();
});

test("some ids mean what they say", () => {
  expect(isKnown("email")).toBe(true);
  expect(isKnown("order_number")).toBe(false);
});
