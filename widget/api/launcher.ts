import type { Handover } from "../loader/handover.ts";
import type { News } from "../messages.ts";
import css from "./api.css?inline";

/** What the button says beyond that it is there: open, unread, and who wrote last. */
export function createFace({ root, button, say, site }: Handover, open: () => void) {
  const sheet = new CSSStyleSheet();
  const badge = document.createElement("b");
  let bubble: HTMLElement | null = null;
  /** The newest reply that the bubble has shown, or that was read: it doesn't come again. */
  let told: string | null = null;
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  badge.hidden = true;
  button.append(badge);

  function hush(): void {
    bubble?.remove();
    bubble = null;
  }

  function preview({ newest }: News): void {
    if (!newest || newest.id === told) return;
    told = newest.id;
    hush();
    bubble = say("", open, hush);
    bubble.role = "status";
    const name = document.createElement("strong");
    const words = document.createElement("span");
    name.textContent = newest.name ?? site.name;
    words.append(name, `: ${newest.text}`);
    bubble.firstElementChild?.append(words);
  }

  return {
    draw(shown: boolean, news: News | null): void {
      const unread = shown ? 0 : (news?.unread ?? 0);
      const title = news?.title ?? site.title;
      button.setAttribute("aria-expanded", `${shown}`);
      button.setAttribute("aria-label", unread && news ? `${title}, ${news.label}` : title);
      badge.hidden = !unread;
      badge.textContent = unread > 99 ? "99+" : `${unread}`;
      if (shown || !unread) {
        hush();
        told = news?.newest?.id ?? told;
      } else if (news) preview(news);
    },
  };
}
