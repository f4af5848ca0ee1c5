import { computed, signal } from "@preact/signals";
import { now } from "../../browser/clock.ts";

/** The server's time, in ms, once a second: what running clocks are drawn from. */
export const seconds = signal(now());

const day = computed(() => new Date(seconds.value).toDateString());

/** The server's time, in ms, for what says a day: drawn again when the day changes. */
export function today(): number {
  void day.value;
  return seconds.peek();
}

export function runSeconds(): () => void {
  const tick = () => {
    seconds.value = now();
  };
  tick();
  const timer = setInterval(tick, 1000);
  // Browsers slow the timers of hidden pages down.
  document.addEventListener("visibilitychange", tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tick);
  };
}
