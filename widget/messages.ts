/** What the host page and the frame say to each other, and nothing else. */

export interface PageInfo {
  url: string;
  title: string;
}

export interface Hello {
  kell: "hello";
  /** The site's name and colour, as its admin set them. */
  name: string;
  color: string;
  shown: boolean;
  page: PageInfo;
}

export type ToFrame = Hello | { kell: "shown"; shown: boolean };

/** What `Kell("on", "message", fn)` gets. */
export interface Heard {
  id: string;
  text: string;
  name: string | null;
  at: string;
}

export type ToPage =
  | { kell: "ready" }
  | { kell: "close" }
  | { kell: "unread"; count: number; label: string }
  | { kell: "message"; message: Heard };

/** Messages of others, and of other programs, are none of ours. */
export function ours<M extends ToFrame | ToPage>(data: unknown): M | null {
  return typeof data === "object" && data !== null && "kell" in data ? (data as M) : null;
}
