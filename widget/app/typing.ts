import { type ReadonlySignal, signal } from "@preact/signals";
import { now } from "../../browser/clock.ts";
import type { Person } from "../../browser/protocol.ts";

const PACE = 3000;
const LONGEST = 6000;

/** Who is writing to us; forgotten by itself. */
export function createTypist(): {
  who: ReadonlySignal<Person | null>;
  writes(person: Person, until: string): void;
  stops(): void;
} {
  const who = signal<Person | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stops(): void {
    clearTimeout(timer);
    who.value = null;
  }

  return {
    who,
    writes(person, until) {
      clearTimeout(timer);
      who.value = person;
      timer = setTimeout(stops, Math.min(LONGEST, Math.max(0, Date.parse(until) - now())));
    },
    stops,
  };
}

/** Calls `tell` at once, then at most every three seconds. */
export function paced(tell: () => void): () => void {
  let last = 0;
  return () => {
    if (Date.now() - last < PACE) return;
    last = Date.now();
    tell();
  };
}
