import { h } from "preact";

const SHAPE = /<(path|circle|ellipse|rect|line|polyline|polygon) ([^>]*?)\/?>/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;

type Shape = [name: string, attributes: Record<string, string>];
const drawn = new Map<string, Shape[]>();

/**
 * A lucide-static picture: `import bell from "lucide-static/icons/bell.svg?raw"`. It only decorates:
 * what it says must stand beside it in words.
 */
export function Icon({ svg, class: name }: { svg: string; class?: string | undefined }) {
  // Built as elements: text never becomes markup, not even ours.
  const shapes = drawn.get(svg) ?? shapesOf(svg);
  drawn.set(svg, shapes);
  return (
    <svg
      class={name}
      viewBox="0 0 24 24"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {shapes.map(([shape, attributes]) => h(shape, attributes))}
    </svg>
  );
}

function shapesOf(svg: string): Shape[] {
  return [...svg.matchAll(SHAPE)].map(([, shape = "", rest = ""]) => [
    shape,
    Object.fromEntries([...rest.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, value])),
  ]);
}
