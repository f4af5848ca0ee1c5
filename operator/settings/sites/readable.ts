import { contrast, mix } from "../../../browser/ui/colour.ts";

const WHITE = "#ffffff";
const INK = "#141b27";
/** WCAG 2.2, 1.4.3; the server holds to the same. */
const LEAST = 4.5;

export interface Readable {
  /** The better one of white and black words. */
  words: "white" | "ink";
  /** From 1 to 21. */
  contrast: number;
  enough: boolean;
}

/** How well words can be read on a colour. */
export function readableOn(colour: string): Readable {
  const [white, ink] = [contrast(colour, WHITE), contrast(colour, INK)];
  const best = Math.max(white, ink);
  return { words: white >= ink ? "white" : "ink", contrast: best, enough: best >= LEAST };
}

/** The nearest darker shade of a colour on which white words can be read. */
export function darkerReadable(colour: string): string {
  for (let part = 1; part < 100; part++) {
    const darker = mix(colour, INK, part / 100);
    if (contrast(darker, WHITE) >= LEAST) return darker;
  }
  return INK;
}

/** `#abc`, `ABCDEF` or `#AbCdEf` as `#rrggbb`; null when it is no colour. */
export function asColour(typed: string): string | null {
  const [, hex = ""] = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(typed.trim()) ?? [];
  if (hex === "") return null;
  const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  return `#${full.toLowerCase()}`;
}
