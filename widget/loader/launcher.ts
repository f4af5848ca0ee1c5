import css from "./launcher.css?inline";
import type { Site } from "./site.ts";

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
  sheet.replaceSync(`:host{--site:${color}}${css}`);
  root.adoptedStyleSheets = [sheet];
  corner.className = `${position} ${scheme}`;
  button.className = photo ? `kell ${online ? "on" : "off"}` : "kell";
  button.setAttribute("aria-label", title);
  button.setAttribute("aria-expanded", "false");
  if (photo) button.append(picture(base + photo));
  button.append(document.createElement("i"));
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
  image.onerror = () => image.remove();
  image.src = src;
  return image;
}
