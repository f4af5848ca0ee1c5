import { signal } from "@preact/signals";

/** Somebody wants to write: the composer that sees it takes the focus and grants the wish. */
export const writingWish = signal<"reply" | "note" | "any" | null>(null);
