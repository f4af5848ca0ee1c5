import { signal } from "@preact/signals";
import type { ComponentType } from "preact";

/** A component that is fetched when it is first drawn; until then nothing stands in its place. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<{ Component: ComponentType<P> } | null>(null);
  let asked = false;

  async function fetchOnce(): Promise<void> {
    if (asked) return;
    asked = true;
    try {
      loaded.value = { Component: await load() };
    } catch {
      // Offline, say: the next time that it is wanted it is fetched again.
      asked = false;
    }
  }

  return function Lazy(props: P) {
    const there = loaded.value;
    if (there !== null) return <there.Component {...props} />;
    void fetchOnce();
    return null;
  };
}
