import { signal } from "@preact/signals";
import type { SiteOnline, SitePage } from "../../browser/protocol.ts";

/** Without the server's words, as in a test, a chat is a chat. */
const UNKNOWN: SitePage = {
  ...{ revision: 0, key: "", name: "", lang: "en", texts: {}, fields: [], country: null },
  look: { color: "", position: "right", scheme: "auto", photo: null },
  online: {
    ...{ state: "online", people: [], more: 0 },
    ...{ next_open: null, holiday: null, reply_minutes: null },
  },
};

/** What the server has put into our page. */
export const site = signal<SitePage>(read());
/** Who answers, and when; live. */
export const answering = signal<SiteOnline>(site.peek().online);

/** The form has changed, or the language. */
export function renew(page: SitePage): void {
  site.value = page;
  answering.value = page.online;
}

function read(): SitePage {
  return JSON.parse(document.getElementById("kell-site")?.textContent ?? "null") ?? UNKNOWN;
}
