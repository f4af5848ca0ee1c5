import type { PlainHttp, PlainHttpOptions } from "../../browser/plain-http.ts";
import { refusal } from "../../browser/refusal.ts";

const AGAIN = 5000;

/** Plain HTTP for the few whose network lets no socket through: the others need not load it. */
export function createLazyHttp(
  options: PlainHttpOptions,
  load = () => import("../../browser/plain-http.ts"),
): PlainHttp {
  let http: PlainHttp | null = null;
  let wanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function fetch(): Promise<void> {
    clearTimeout(timer);
    try {
      const { createPlainHttp } = await load();
      http ??= createPlainHttp(options);
      if (wanted) http.start();
    } catch {
      options.became("offline");
      timer = setTimeout(() => wanted && fetch(), AGAIN);
    }
  }

  return {
    call: (command, input) => http?.call(command, input) ?? Promise.resolve(refusal("offline")),
    start() {
      wanted = true;
      if (http) http.start();
      else void fetch();
    },
    restart: () => http?.restart(),
    look: () => http?.look(),
    stop() {
      wanted = false;
      clearTimeout(timer);
      http?.stop();
    },
  };
}
