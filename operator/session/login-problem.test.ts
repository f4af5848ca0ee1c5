import { expect, test } from "vitest";
import { missing, problemOf } from "./login-problem.ts";

test("an empty field is named before the server is asked", () => {
  expect(missing(" ", "x")?.field).toBe("email");
  expect(missing("a@example.org", "")?.field).toBe("password");
  expect(missing("a@example.org", "x")).toBeNull();
});

test("a wrong pair is said at the password, a bad address at the address", () => {
  expect(problemOf({ error: { code: "login_failed" } }, 0).field).toBe("password");
  expect(problemOf({ error: { code: "invalid", field: "email" } }, 0).field).toBe("email");
});

test("too many tries end at a time", () => {
  expect(problemOf({ error: { code: "rate_limited", retry_after: 45 } }, 1000)).toMatchObject({
    field: null,
    until: 46_000,
  });
});

test("a fault of the server's has a number to quote", () => {
  expect(problemOf({ error: { code: "internal 7f3a19" } }, 0).number).toBe("7f3a19");
  expect(problemOf({ error: { code: "internal" } }, 0).number).toBeUndefined();
});

test("no network is not blamed on the password", () => {
  expect(problemOf({ error: { code: "offline" } }, 0)).toEqual({
    field: null,
    key: "panel.login.unreachable",
  });
});
