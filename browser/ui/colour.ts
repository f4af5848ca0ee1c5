const INK = "#141b27";
const WHITE = "#ffffff";
/** The surfaces nearest to the words in colour: others' bubbles. */
const SURFACE = { light: "#eef1f5", dark: "#232a34" };
const OURS = "#2a55b5";
const READABLE = 4.5;
/** Luminance of the colour on which white and ink are equally well read. */
const MIDDLE = 0.2;

/** A site's colour as custom properties: as surface, words on it, and as words, on light and dark. */
export function palette(colour: string): Record<string, string> {
  const site = /^#[0-9a-f]{6}$/i.test(colour) ? colour : OURS;
  const dark = mix(site, WHITE, 0.12);
  return {
    "site-light": site,
    "on-site-light": wordsOn(site),
    "site-text-light": wordsIn(site, SURFACE.light),
    "site-dark": dark,
    "on-site-dark": wordsOn(dark),
    "site-text-dark": wordsIn(dark, SURFACE.dark),
  };
}

/** The better one of white and ink for words on this colour. */
export function wordsOn(colour: string): string {
  return luminance(colour) > MIDDLE ? INK : WHITE;
}

/** This colour, moved away from the surface until words in it can be read there. */
export function wordsIn(colour: string, surface: string): string {
  const goal = wordsOn(surface);
  let readable = colour;
  for (let part = 1; contrast(readable, surface) < READABLE && part <= 10; part++)
    readable = mix(colour, goal, part / 10);
  return readable;
}

/** Contrast of WCAG 2.2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a, b) / Math.min(a, b);
}

/** `part` of the second colour in the first. */
export function mix(one: string, other: string, part: number): string {
  const goal = channels(other);
  const mixed = channels(one).map((from, i) =>
    Math.round(from + ((goal[i] ?? from) - from) * part),
  );
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance of WCAG 2.2, from 0 to 1. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((channel) =>
    channel > 10 ? ((channel / 255 + 0.055) / 1.055) ** 2.4 : channel / 3294.6,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(colour: string): number[] {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
