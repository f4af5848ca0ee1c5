import { type ReadonlySignal, signal } from "@preact/signals";

/** A part of the chat that is fetched once somebody needs it. */
export interface Part<T> {
  /** Null until it is there; whoever reads it needs it. */
  readonly value: T | null;
  /** It will be needed soon. */
  fetch(): void;
}

const AGAIN = 3000;

/** With `load` as `() => import(…)`. */
export function part<T>(load: () => Promise<T>, reload = () => location.reload()): Part<T> {
  const loaded: ReadonlySignal<T | null> & { value: T | null } = signal<T | null>(null);
  let asked = false;

  function fetch(): void {
    if (asked) return;
    asked = true;
    load().then(
      (module) => {
        loaded.value = module;
      },
      () => {
        asked = false;
        // The server may have a newer chat by now, whose parts have other names. What was written
        // is kept over a reload; without a network there is nothing to be had by it.
        setTimeout(() => (navigator.onLine ? reload() : fetch()), AGAIN);
      },
    );
  }

  return {
    get value() {
      fetch();
      return loaded.value;
    },
    fetch,
  };
}
