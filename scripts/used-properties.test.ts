import { expect, test } from "vitest";
import { withoutUnused } from "./used-properties.ts";

test("keeps what a rule, another property or a script reads, and nothing else", () => {
  const css =
    ":root{--a:red;--b:var(--a);--c:1px;--d:2px}@media x{:root{--a:blue;--c:3px}}p{color:var(--b)}";
  expect(withoutUnused(css, `${css}\nset("--d")`)).toBe(
    ":root{--a:red;--b:var(--a);--d:2px}@media x{:root{--a:blue;}}p{color:var(--b)}",
  );
});

test("what only an unread property reads goes with it", () => {
  expect(withoutUnused(":root{--a:1;--b:var(--a)}", "")).toBe(":root{}");
});
