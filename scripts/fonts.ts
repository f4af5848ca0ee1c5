import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import subset from "subset-font";
import type { Plugin } from "vite";

const PACKAGE = "node_modules/@fontsource-variable/golos-text/files";
const MADE = "node_modules/.cache/kell-fonts";

/** The letters of each file, as ranges of code points; `fonts.css` says the same to browsers. */
const FILES = {
  latin: "0-FF 131 152-153 2BB-2BC 2C6 2DA 2DC 2000-206F 20AC 2122 2190-2193 2212",
  "latin-ext": "100-2BA 2BD-2C5 2C7-2CC 2CE-2D7 2DD-2FF 1E00-1E9F 20A0-20AB 20AD-20C0",
  cyrillic: "301 400-45F 490-491 4B0-4B1 2116",
};

/** Of the weights only those between our lightest and our boldest: what lies above is half a file. */
const WEIGHTS = { min: 400, max: 600 };
const FEATURES = ["kern", "mark", "ccmp", "locl", "tnum"];
const FOR_VERTICAL_TEXT = ["VVAR", "vhea", "vmtx"];

/** `golos/latin.woff2` and its like in CSS: the published files, without what nobody sees. */
export function fonts(): Plugin {
  return {
    name: "kell-fonts",
    apply: "build",
    async config() {
      await mkdir(MADE, { recursive: true });
      await Promise.all(Object.entries(FILES).map(([name, ranges]) => make(name, ranges)));
      return { resolve: { alias: { golos: join(import.meta.dirname, "..", MADE) } } };
    },
  };
}

async function make(name: string, ranges: string): Promise<void> {
  const whole = await readFile(join(PACKAGE, `golos-text-${name}-wght-normal.woff2`));
  const part = await subset(whole, lettersOf(ranges), {
    targetFormat: "woff2",
    variationAxes: { wght: WEIGHTS },
    keepFeatures: FEATURES,
    dropTables: FOR_VERTICAL_TEXT,
    noHinting: true,
  });
  await writeFile(join(MADE, `${name}.woff2`), part);
}

function lettersOf(ranges: string): string {
  const letters = ranges.split(" ").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map((point) => Number.parseInt(point, 16));
    return Array.from({ length: to - from + 1 }, (_, step) => String.fromCodePoint(from + step));
  });
  return letters.join("");
}
