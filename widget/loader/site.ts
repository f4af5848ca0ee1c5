export interface Site {
  /** The site's key. */
  site: string;
  /** Origin of the server. */
  base: string;
  name: string;
  /** `#rrggbb`; cornflower without. */
  color?: string;
  /** Spoken when we speak none of the visitor's languages. */
  lang: "en" | "et" | "ru" | "uk";
}
