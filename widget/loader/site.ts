/** What the server puts into the script when a page asks for it. */
export interface Site {
  /** The site's key. */
  site: string;
  /** Origin of the server. */
  base: string;
  name: string;
  /** The visitor's language, or the page's, if we speak it. */
  lang: string;
  /** Names the button. */
  title: string;
  /** Names the cross of a bubble. */
  close: string;
  /** `#rrggbb` */
  color: string;
  position: "right" | "left";
  scheme: "light" | "dark" | "auto";
  /** Somebody is there to answer. */
  online: boolean;
  /** Path of a logo, or of a person's picture. */
  photo?: string;
  /** Stands beside the button until the visitor has opened or dismissed it. */
  greeting?: string;
  /** Pages that may show it, as in `frame-ancestors`; all, without. */
  origins?: readonly string[];
}
