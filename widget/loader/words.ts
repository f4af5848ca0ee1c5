import en from "../../locales/en.json";
import et from "../../locales/et.json";
import ru from "../../locales/ru.json";
import uk from "../../locales/uk.json";
import type { Site } from "./site.ts";

// A button's worth of words: all four languages cost less than a second request.
const catalogues = { en, et, ru, uk };

/** The first language of the browser that we speak, else the site's. */
export function languageOf(site: Site): Site["lang"] {
  const tags = navigator.languages.map((tag) => tag.split("-")[0]);
  return (tags.find((tag) => tag && tag in catalogues) as Site["lang"] | undefined) ?? site.lang;
}

/** Names the button, which says by itself whether it is pressed, and the frame. */
export function titleIn(language: Site["lang"]): string {
  return catalogues[language]["widget.launcher"];
}
