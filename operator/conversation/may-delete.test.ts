import { expect, test } from "vitest";
import { COLLEAGUE, ME, message } from "../testing/samples.ts";
import { mayDelete } from "./may-delete.ts";

const operator = { id: "me", role: "operator" } as const;
const supervisor = { id: "me", role: "supervisor" } as const;

test("one's own, and a supervisor anybody's", () => {
  expect(mayDelete(message({ author: ME }), operator)).toBe(true);
  expect(mayDelete(message({ author: COLLEAGUE }), operator)).toBe(false);
  expect(mayDelete(message({ author: COLLEAGUE }), supervisor)).toBe(true);
});

test("not what is deleted already, nor what happened", () => {
  expect(mayDelete(message({ author: ME, deleted: true }), supervisor)).toBe(false);
  expect(mayDelete(message({ author: ME, kind: "event" }), supervisor)).toBe(false);
});
