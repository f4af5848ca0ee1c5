import type { Plugin } from "vite";

/** Leaves of `locales/*.json` only the texts that this front uses: a visitor does not load the panel's. */
export function catalogue(...prefixes: string[]): Plugin {
  return {
    name: "kell-catalogue",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      if (!/\/locales\/\w+\.json$/.test(id)) return null;
      const texts = Object.entries(JSON.parse(code)).filter(([key]) =>
        prefixes.some((prefix) => key.startsWith(prefix)),
      );
      return { code: JSON.stringify(Object.fromEntries(texts)), map: null };
    },
  };
}
