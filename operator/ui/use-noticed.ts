import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const UNNOTICED = 300;

/** False for the first 300 ms: what takes less time needs no sign that it takes time. */
export function useNoticed(): boolean {
  const noticed = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      noticed.value = true;
    }, UNNOTICED);
    return () => clearTimeout(timer);
  }, [noticed]);
  return noticed.value;
}
