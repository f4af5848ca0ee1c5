import { expect, test } from "vitest";
import { piecesOf } from "./marked.tsx";

test("marked pieces stand at odd places, and the text is whole", () => {
  const text = "Muhu villane tekk";
  const pieces = piecesOf(text, [
    { start: 13, end: 17 },
    { start: 0, end: 4 },
  ]);
  expect(pieces).toEqual(["", "Muhu", " villane ", "tekk", ""]);
  expect(pieces.join("")).toBe(text);
});

test("ranges that make no sense mark nothing", () => {
  expect(piecesOf("abc", [{ start: 2, end: 9 }]).join("")).toBe("abc");
  expect(
    piecesOf("abc", [
      { start: 0, end: 2 },
      { start: 1, end: 3 },
    ]),
  ).toEqual(["", "ab", "c"]);
});
