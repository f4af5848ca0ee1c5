import type { Plugin } from "vite";

/** Of a lucide picture only its shapes: what is around them, `Icon` draws itself. */
export function bareIcons(): Plugin {
  return {
    name: "kell-bare-icons",
    apply: "build",
    transform(code, id) {
      if (!/lucide-static\/icons\/[\w-]+\.svg\?raw$/.test(id)) return null;
      const svg: unknown = JSON.parse(code.replace(/^export default /, "").replace(/;\s*$/, ""));
      const shapes = String(svg).match(/<(?!svg|\/|!)[^>]+>/g) ?? [];
      return { code: `export default ${JSON.stringify(shapes.join(""))}`, map: null };
    },
  };
}
