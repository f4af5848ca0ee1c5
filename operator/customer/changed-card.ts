import { signal } from "@preact/signals";

/** A customer's card that somebody has just changed: whoever shows it reads it again. */
export const changedCard = signal<{ id: string } | null>(null);
