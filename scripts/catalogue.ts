import type { Plugin } from "vite";

/** What is fetched late, by the query that asks for it: `locales/en.json?settings`. */
const LATE: Readonly<Record<string, string>> = { settings: "panel.settings." };

/** Leaves of `locales/*.json` only the texts that this front uses: a visitor does not load the panel's. */
export function catalogue(...prefixes: string[]): Plugin {
  const early = (key: string) => begins(key, prefixes) && !begins(key, Object.values(LATE));
  const late = (key: string, part: string) => part in LATE && key.startsWith(LATE[part] ?? "");
  return {
    name: "kell-catalogue",
    enforce: "pre",
    apply: "build",
    transform(source, id) {
      const [file, part] = /\/locales\/\w+\.json(?:\?(\w+))?$/.exec(id) ?? [];
      if (file === undefined) return null;
      const all = Object.entries<string>(JSON.parse(source));
      const texts = all.filter(([key]) => (part === undefined ? early(key) : late(key, part)));
      const code = JSON.stringify(Object.fromEntries(texts));
      // With a query it is no longer taken for JSON.
      return part === undefined
        ? { code, map: null }
        : { code: `export default ${code};`, map: null, moduleType: "js" };
    },
  };
}

function begins(key: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => key.startsWith(prefix));
}
