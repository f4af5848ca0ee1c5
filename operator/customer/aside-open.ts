import { signal } from "@preact/signals";

/** Whether the visitor's column lies over the conversation, where it has no place beside it. */
export const asideOpen = signal(false);
