import { signal } from "@preact/signals";

/** A row that the keyboard wants to be at: the list scrolls there, draws it and hands it the focus. */
export const rowWish = signal<string | null>(null);
