import { signal } from "@preact/signals";

export type OverlayName = "palette" | "keys" | "hand-over" | "customer";

/** The dialog that lies over everything, if one does. */
export const overlay = signal<OverlayName | null>(null);
