import type { Picture } from "../../browser/protocol.ts";
import { type Refusal, refusal } from "../../browser/refusal.ts";
import { numbered } from "../ui/problem.ts";

/** Bytes; the server refuses what is larger. */
const LARGEST = 1_000_000;
const PATIENCE = 60_000;

/** Where a picture that was uploaded is shown from. */
export function pictureAddress(id: string): string {
  return `/pictures/${id}.webp`;
}

/** Sends a file as it is; the server makes a clean picture of it. Never rejects. */
export async function uploadPicture(file: File): Promise<Picture | Refusal> {
  if (file.size > LARGEST) return refusal("too_large");
  try {
    const answer = await fetch("/api/operator/pictures", {
      method: "POST",
      headers: { "Content-Type": file.type || "application/octet-stream" },
      body: file,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const read: unknown = await answer.json().catch(() => null);
    if (typeof read === "object" && read !== null && (answer.ok || "error" in read)) {
      return numbered(read) as Picture | Refusal;
    }
    return refusal("internal");
  } catch {
    return refusal("offline");
  }
}
