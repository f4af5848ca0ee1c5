import type { Site } from "../loader/site.ts";
import { type Hello, ours, type ToFrame, type ToPage } from "../messages.ts";

export interface Frame {
  /** What stands around the frame. */
  box: HTMLElement;
  /** Before the frame can hear anything, `hello` will say it. */
  tell(message: ToFrame): boolean;
  focus(): void;
  remove(): void;
}

interface Options {
  site: Site;
  title: string;
  language: string;
  hello(): Hello;
  heard(message: ToPage): void;
}

/** The chat in its frame: only its own origin is spoken to, and only that frame is listened to. */
export function createFrame({ site, title, language, hello, heard }: Options): Frame {
  const box = document.createElement("section");
  const frame = document.createElement("iframe");
  const view = window.visualViewport;
  let loaded = false;

  function post(message: ToFrame): void {
    frame.contentWindow?.postMessage(message, site.base);
  }

  function listen({ data, origin, source }: MessageEvent): void {
    if (source !== frame.contentWindow || origin !== site.base) return;
    const message = ours<ToPage>(data);
    if (message) heard(message);
  }

  /** A keyboard on glass covers a part of the page without making it smaller. */
  function cover(): void {
    if (!view) return;
    box.style.setProperty("--top", `${view.offsetTop}px`);
    box.style.setProperty("--height", `${view.height}px`);
  }

  addEventListener("message", listen);
  view?.addEventListener("resize", cover);
  view?.addEventListener("scroll", cover);
  cover();
  frame.title = title;
  frame.allow = "autoplay; clipboard-write";
  frame.src = `${site.base}/widget/?site=${encodeURIComponent(site.site)}&lang=${language}`;
  // It may load more than once: the link in a mail, a new version.
  frame.onload = () => {
    loaded = true;
    post(hello());
  };
  box.append(frame);

  return {
    box,
    tell(message) {
      if (loaded) post(message);
      return loaded;
    },
    focus: () => frame.focus(),
    remove() {
      removeEventListener("message", listen);
      view?.removeEventListener("resize", cover);
      view?.removeEventListener("scroll", cover);
      box.remove();
    },
  };
}
