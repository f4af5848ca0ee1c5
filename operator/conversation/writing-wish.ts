import { signal } from "@preact/signals";

export type WritingWish = "reply" | "note" | "canned" | "any";

/** Somebody wants to write: the composer that sees it takes the focus and grants the wish. */
export const writingWish = signal<WritingWish | null>(null);
