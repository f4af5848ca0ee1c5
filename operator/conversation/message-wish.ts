import { signal } from "@preact/signals";

/** A message to be led to as soon as its chat is open: found by its words, say. */
export const messageWish = signal<{ chat: string; message: string } | null>(null);
