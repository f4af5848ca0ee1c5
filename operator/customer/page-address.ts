/** The page's address comes from the visitor's browser: only web pages become links. */
export function linkable(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Without protocol, query and the last slash: example.org/tekid/muhu-220 */
export function shortAddress(url: string): string {
  return url
    .replace(/^https?:\/\//i, "")
    .replace(/[?#].*$/, "")
    .replace(/\/$/, "");
}
