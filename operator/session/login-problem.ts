import type { Key } from "../../browser/i18n.ts";
import type { Refusal } from "../../browser/refusal.ts";
import { quotable } from "../ui/problem.ts";

export type LoginField = "email" | "password";

/** What stands in the way, and at which field it is said; null is the form as a whole. */
export interface Problem {
  field: LoginField | null;
  key: Key;
  /** What can be quoted, if it is a fault of the server's. */
  number?: string;
  /** When trying again makes sense, in ms of the browser's own clock. */
  until?: number;
}

/** What can be said before asking the server. */
export function missing(email: string, password: string): Problem | null {
  if (email.trim() === "") return { field: "email", key: "panel.login.email_missing" };
  if (password === "") return { field: "password", key: "panel.login.password_missing" };
  return null;
}

export function problemOf({ error }: Refusal, now: number): Problem {
  switch (error.code) {
    case "login_failed":
      return { field: "password", key: "panel.login.failed" };
    case "rate_limited":
    case "retry_later":
      return {
        field: null,
        key: "panel.login.too_often",
        until: now + (error.retry_after ?? 1) * 1000,
      };
    case "offline":
    case "timeout":
      return { field: null, key: "panel.login.unreachable" };
    case "invalid":
      return error.field === "password"
        ? { field: "password", key: "panel.login.password_wrong" }
        : { field: "email", key: "panel.login.email_wrong" };
    default: {
      const number = quotable(error.code);
      return number === ""
        ? { field: null, key: "panel.login.internal" }
        : { field: null, key: "panel.problem.numbered", number };
    }
  }
}
