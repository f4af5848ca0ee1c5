import { expect, test } from "vitest";
import { duration } from "./duration.ts";

test("a stay is told in its largest unit, and below a minute not at all", () => {
  expect(duration(59_999)).toBeNull();
  expect(duration(3 * 60_000 + 59_000)).toBe("3\u00a0min");
  expect(duration(125 * 60_000)).toBe("2\u00a0hr");
  expect(duration(49 * 3_600_000)).toBe("2\u00a0days");
});
