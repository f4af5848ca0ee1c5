import { untracked, useSignalEffect } from "@preact/signals";
import { usePanel } from "./context.ts";

/** Runs as soon as there is a connection, and again after each new one; what it returns undoes it. */
export function useOnline(run: () => (() => void) | undefined): void {
  const { connection } = usePanel();
  useSignalEffect(() => {
    if (connection.value !== "online") return;
    return untracked(run);
  });
}
