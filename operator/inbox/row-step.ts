import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** From one row to the next, in rem: the same two figures as `--step` in chat-list.module.css. */
const WIDE = 3.6875;
const PHONE = 4.4375;

/** The same in pixels, as the reader's own text size makes it. */
export function useRowStep(): ReadonlySignal<number> {
  const step = useSignal(measured());
  useEffect(() => {
    const again = () => {
      step.value = measured();
    };
    addEventListener("resize", again);
    return () => removeEventListener("resize", again);
  }, [step]);
  return step;
}

function measured(): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return rem * (matchMedia("(max-width: 720px)").matches ? PHONE : WIDE);
}
