import { expect, test } from "vitest";
import { shiftOf } from "./shift.ts";

const places = (ids: string, from = 0) =>
  new Map([...ids].map((id, index) => [id, from + index * 59]));
const sight = { top: 0, bottom: 500 };

test("a row that comes above shifts all, so the list follows", () => {
  expect(shiftOf(places("abcdef"), places("xabcdef"), sight)).toBe(59);
});

test("a row in sight that goes elsewhere moves only those between", () => {
  expect(shiftOf(places("abcdef"), places("eabcdf"), { top: 240, bottom: 500 })).toBe(0);
});

test("nothing in sight, nothing to keep", () => {
  expect(shiftOf(new Map(), places("abc"), sight)).toBe(0);
});
