import css from "./launcher.css?inline";
import type { Site } from "./site.ts";

// lucide (ISC): message-square
const SPEAK = "M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z";

export interface Launcher {
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** Put a bubble beside the button: to go on, or to dismiss. Returns what it stands in. */
  say(words: string, on: () => void, off: () => void): HTMLElement;
}

/** The button in a corner, behind a wall that no style of the page comes over. */
export function draw(site: Site): Launcher {
  const { base, close, color, online, photo, position, scheme, title } = site;
  const host = document.createElement("kell-chat");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  const corner = document.createElement("div");
  const button = document.createElement("button");
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  host.style.setProperty("--site", color);
  corner.className = `${position} ${scheme}`;
  button.className = photo ? `kell ${online ? "on" : "off"}` : "kell";
  button.setAttribute("aria-label", title);
  button.setAttribute("aria-expanded", "false");
  button.append(photo ? picture(base + photo) : drawing());
  corner.append(button);
  root.append(corner);
  // Not into the body: pages change that for another, transform it, and may not have it yet.
  document.documentElement.append(host);

  function say(words: string, on: () => void, off: () => void): HTMLElement {
    const bubble = document.createElement("p");
    const go = document.createElement("button");
    const cross = document.createElement("button");
    go.textContent = words;
    go.onclick = on;
    cross.textContent = "✕";
    cross.setAttribute("aria-label", close);
    cross.onclick = off;
    bubble.append(go, cross);
    corner.append(bubble);
    return bubble;
  }

  return { host, root, button, say };
}

function picture(src: string): HTMLElement {
  const image = new Image();
  image.alt = "";
  image.onerror = () => image.replaceWith(drawing());
  image.src = src;
  return image;
}

function drawing(): Element {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", SPEAK);
  svg.append(path);
  return svg;
}
