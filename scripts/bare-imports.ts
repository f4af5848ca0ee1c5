import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

/** An `import()` without what Vite wraps around it to fetch a chunk's own styles: ours have none. */
export function bareImports(): Plugin {
  return {
    name: "kell-bare-imports",
    apply: "build",
    enforce: "pre",
    load: (id) => (id === HELPER ? "export const __vitePreload = (load) => load();" : null),
  };
}
