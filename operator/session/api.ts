import { type Refusal, refusal } from "../../browser/refusal.ts";
import { numbered } from "../ui/problem.ts";

const PATIENCE = 15_000;

/** One call by HTTP, for what happens before there is a socket. Never rejects. */
export async function ask<T extends object>(
  method: "GET" | "POST",
  path: string,
  body?: object,
): Promise<T | Refusal> {
  try {
    const answer = await fetch(path, {
      method,
      headers: method === "POST" ? { "Content-Type": "application/json" } : {},
      body: method === "POST" ? JSON.stringify(body ?? {}) : null,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const read: unknown = await answer.json().catch(() => null);
    if (typeof read === "object" && read !== null && (answer.ok || "error" in read)) {
      return numbered(read) as T | Refusal;
    }
    return refusal("internal");
  } catch (failure) {
    const late = failure instanceof DOMException && failure.name === "TimeoutError";
    return refusal(late ? "timeout" : "offline");
  }
}
