import { type Call, start } from "./launcher.ts";
import type { Site } from "./site.ts";

/** The server puts the site's settings here. */
declare const __KELL_SITE__: Site;

/**
 * A page may call `Kell` before this script is there, if it brings this stub:
 * `window.Kell = window.Kell || function () { (Kell.q = Kell.q || []).push(arguments) }`
 */
interface Global {
  (...call: Call): void;
  q?: ArrayLike<unknown>[];
  live?: true;
}

const page = window as unknown as { Kell?: Global };

// The script may stand in a page twice.
if (!page.Kell?.live) {
  const early = page.Kell?.q ?? [];
  const call = start(__KELL_SITE__);
  page.Kell = Object.assign(call, { live: true as const });
  for (const args of early) call(...(Array.from(args) as Call));
}
