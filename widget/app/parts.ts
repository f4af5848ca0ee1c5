import { part } from "./part.ts";

/** Nobody needs both at once. */
export const talk = part(() => import("./talk.tsx"));
export const opening = part(() => import("./opening.tsx"));
export const emoji = part(() => import("./emoji.tsx"));
export const form = part(() => import("./form.tsx"));
