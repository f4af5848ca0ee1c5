import { expect, test } from "vitest";
import { at, message } from "../testing/samples.ts";
import { chunkOf, chunksOf } from "./chunks.ts";
import { linesOf } from "./lines.ts";

const thread = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) =>
    message({ id: `m${from + index}`, line: from + index, at: at("12:00:00") }),
  );

test("every line is in one chunk, in order, with the date above the first", () => {
  const lines = linesOf(thread(1, 200));
  const chunks = chunksOf(lines);
  expect(chunks.flatMap((chunk) => chunk.lines)).toEqual(lines);
  expect(chunks.map(({ key }) => key)).toEqual([0, 1, 2, 3, 4]);
  expect(chunks[0]?.lines[0]?.kind).toBe("day");
});

test("older pages leave the chunks below as they were", () => {
  const newest = chunksOf(linesOf(thread(120, 200)));
  const all = chunksOf(linesOf(thread(1, 200)));
  expect(all.slice(-1)).toEqual(newest.slice(-1));
  expect(chunkOf(199)).toBe(newest.at(-1)?.key);
});
