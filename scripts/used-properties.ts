import type { Plugin } from "vite";

const DECLARED = /(--[\w-]+):[^;{}]*(;|(?=\}))/g;
const USED = /var\((--[\w-]+)|["'`](--[\w-]+)/g;

/** Leaves out custom properties that nothing in this build reads: the widget needs few of the tokens. */
export function usedProperties(): Plugin {
  return {
    name: "kell-used-properties",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const texts = files.map((file) => (file.type === "chunk" ? file.code : String(file.source)));
      for (const file of files)
        if (file.type === "asset" && file.fileName.endsWith(".css"))
          file.source = withoutUnused(String(file.source), texts.join("\n"));
    },
  };
}

/** A property may be there for another one only: what that leaves unread goes as well. */
export function withoutUnused(css: string, readers: string): string {
  const outside = names(readers.replaceAll(css, ""));
  let left = css;
  for (let before = ""; before !== left; ) {
    before = left;
    const used = new Set([...outside, ...names(left)]);
    left = left.replace(DECLARED, (all, name: string) => (used.has(name) ? all : ""));
  }
  return left;
}

function names(text: string): string[] {
  return [...text.matchAll(USED)].map(([, inCss, inCode]) => inCss ?? inCode ?? "");
}
