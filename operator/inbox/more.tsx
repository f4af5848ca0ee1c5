import { useEffect, useRef } from "preact/hooks";
import { Skeleton } from "./skeleton.tsx";
import type { View } from "./view.ts";

/** Stands below the last row; in sight, it reads the next page. */
export function More({ view }: { view: View }) {
  const mark = useRef<HTMLDivElement>(null);
  const next = view.list.value.next;
  useEffect(() => {
    const element = mark.current;
    if (element === null || next === null) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void view.more();
      },
      { root: element.closest("[data-scroller]"), rootMargin: "400px" },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [next, view]);
  return <div ref={mark}>{next !== null && <Skeleton rows={2} />}</div>;
}
