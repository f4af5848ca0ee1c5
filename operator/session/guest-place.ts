/** Pages for who isn't signed in: a link from a mail, or a forgotten password. */
export type GuestPlace = { is: "link"; link: string } | { is: "forgot" };

/** The link's secret stands in the fragment, which no server and no log sees. */
export function guestPlaceIn(path: string, hash: string): GuestPlace | null {
  if (/^\/operator\/(welcome|reset)\/?$/.test(path)) {
    const link = new URLSearchParams(hash.replace(/^#/, "")).get("link");
    return link ? { is: "link", link } : null;
  }
  return /^\/operator\/forgot\/?$/.test(path) ? { is: "forgot" } : null;
}
