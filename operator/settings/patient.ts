import { effect } from "@preact/signals";
import type { Call } from "../shell/call.ts";
import type { Panel } from "../shell/panel.ts";

/** Milliseconds for which a page that was opened first waits for the connection. */
const PATIENCE = 10_000;

/** A command that is asked for while the panel is still connecting goes out when it has. */
export function patient({ call, connection }: Pick<Panel, "call" | "connection">): Call {
  return async (command, input) => {
    if (connection.peek() === "connecting") await settled(connection);
    return call(command, input);
  };
}

function settled(connection: Panel["connection"]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PATIENCE);
    const stop = effect(() => {
      if (connection.value !== "connecting") done();
    });
    function done(): void {
      clearTimeout(timer);
      // Not while it runs for the first time.
      queueMicrotask(() => stop());
      resolve();
    }
  });
}
