import { type Answer, type Call, type Handover, MARK, type Take } from "./handover.ts";
import { draw } from "./launcher.ts";
import type { Site } from "./site.ts";

/** The server puts the site's settings here. */
declare const __KELL_SITE__: Site;

/**
 * A page may call `Kell` before this script is there, if it brings this stub:
 * `window.Kell = window.Kell || function () { (Kell.q = Kell.q || []).push(arguments) }`
 */
type Global = Answer & { q?: Call[]; live?: true };

/** Until somebody opens the chat, these can wait. */
const PATIENT = /^(on|off|once|identify|prefill|update)$/;

const site = __KELL_SITE__;
const page = window as unknown as Record<string, Global | undefined>;
const name = document.currentScript?.getAttribute("data-name") ?? "Kell";
const { q: calls = [], live } = page[name] ?? {};

function start(): void {
  const { base, greeting } = site;
  const mark = `kell.${site.site}`;
  const launcher = draw(site);
  const { button, say } = launcher;
  let isComing = false;
  let bubble: HTMLElement | undefined;
  let answer: Answer = (...call) => {
    calls.push(call);
    if (!PATIENT.test(`${call[0]}`)) fetchRest();
  };
  const kell: Global = (...call) => answer(...call);
  const handover: Handover = {
    ...launcher,
    ...{ site, name, kell, mark, calls },
    hush: () => bubble?.remove(),
  };

  function fetchRest(): void {
    if (isComing) return;
    isComing = true;
    import(/* @vite-ignore */ `${base}/static/dist/api.js`).then(
      ({ take }: { take: Take }) => {
        answer = take(handover);
      },
      () => {
        isComing = false;
      },
    );
  }

  function open(): void {
    kell("open");
  }

  kell.live = true;
  page[name] = kell;
  button.onclick = open;
  // Who comes near may click.
  button.onpointerenter = button.onfocus = fetchRest;
  let kept: string | null = null;
  try {
    kept = localStorage[mark];
  } catch {
    // The page may not keep anything.
  }
  if (greeting && !kept)
    bubble = say(greeting, open, () => {
      bubble?.remove();
      try {
        localStorage[mark] = MARK.known;
      } catch {
        // Then it comes again.
      }
    });
  if (kept === MARK.busy || calls.some((call) => !PATIENT.test(`${call[0]}`))) fetchRest();
}

/** Whether this page is one of those that the site names. */
function allowed(): boolean {
  const { origins } = site;
  return (
    !origins ||
    origins.some((each) =>
      new RegExp(`^${each.replace(/[.]/g, "\\.").replace("*", ".+")}$`).test(location.origin),
    )
  );
}

// The script may stand in a page twice.
if (!live) {
  if (allowed()) start();
  // biome-ignore lint/suspicious/noConsole: the only way to tell who built this page
  else console.warn(`Kell: ${location.origin} is not among the pages of ${site.name}.`);
}
