import type { Heard, ToFrame, ToPage } from "../messages.ts";
import css from "./launcher.css?inline";
import type { Site } from "./site.ts";
import { languageOf, titleIn } from "./words.ts";

export type Call =
  | [name: "open" | "close"]
  | [name: "on", event: "message", fn: (message: Heard) => void];

// lucide (ISC): message-square, x
const SPEAK = "M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z";
const CROSS = "M18 6 6 18M6 6l12 12";

/** Draw the button, and answer calls of `Kell(…)`. The chat itself is fetched when it is opened. */
export function start(site: Site): (...call: Call) => void {
  const { base, color = "#2a55b5" } = site;
  const language = languageOf(site);
  const title = titleIn(language);
  const listeners: ((message: Heard) => void)[] = [];
  const host = document.createElement("kell-chat");
  const root = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  const badge = document.createElement("b");
  const box = document.createElement("div");
  const icon = drawing();
  let frame: HTMLIFrameElement | null = null;
  let loaded = false;
  let shown = false;
  let news = "";

  function draw(): void {
    button.setAttribute("aria-expanded", `${shown}`);
    button.setAttribute("aria-label", shown ? title : title + news);
    icon.setAttribute("d", shown ? CROSS : SPEAK);
    badge.hidden = shown || !news;
  }

  function tell(message: ToFrame): void {
    if (loaded) frame?.contentWindow?.postMessage(message, base);
  }

  function fetchChat(): HTMLIFrameElement {
    const made = document.createElement("iframe");
    made.src = `${base}/widget/?site=${encodeURIComponent(site.site)}&lang=${language}`;
    made.title = title;
    made.allow = "autoplay; clipboard-write";
    made.onload = () => {
      loaded = true;
      const page = { url: location.href, title: document.title };
      tell({ kell: "hello", name: site.name, color, shown, page });
    };
    box.append(made);
    return made;
  }

  function show(next: boolean): void {
    if (shown === next) return;
    const back = !next && document.activeElement === host;
    shown = next;
    if (shown) frame ??= fetchChat();
    draw();
    tell({ kell: "shown", shown });
    if (shown) frame?.focus();
    else if (back) button.focus();
  }

  function heard(message: ToPage): void {
    if (message.kell === "close") show(false);
    if (message.kell === "unread") {
      news = message.count ? `, ${message.label}` : "";
      badge.textContent = message.count > 99 ? "99+" : `${message.count}`;
      draw();
    }
    if (message.kell === "message") for (const fn of listeners) fn(message.message);
  }

  addEventListener("message", ({ data, origin, source }) => {
    if (frame && source === frame.contentWindow && origin === base && data) heard(data);
  });
  button.onclick = () => show(!shown);
  host.onkeydown = ({ key }) => {
    if (key === "Escape") show(false);
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  host.style.setProperty("--site", color);
  button.append(icon.ownerSVGElement ?? icon, badge);
  root.append(button, box);
  draw();
  // The page may still be on its way.
  (document.body ?? document.documentElement).append(host);

  return (name, event?: string, fn?: (message: Heard) => void) => {
    if (name === "open") show(true);
    if (name === "close") show(false);
    if (name === "on" && event === "message" && fn) listeners.push(fn);
  };
}

function drawing(): SVGPathElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.append(path);
  return path;
}
