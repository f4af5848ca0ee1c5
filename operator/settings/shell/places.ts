/** The sections of a site's page, in the order of the list. */
export const SECTIONS = [
  "look",
  "texts",
  "form",
  "hours",
  "topics",
  "shown",
  "pages",
  "identity",
  "embed",
] as const;
export type Section = (typeof SECTIONS)[number];

export type Place =
  | { is: "home" }
  | { is: "new-site" }
  | { is: "site"; site: string; section: Section | null }
  | { is: "people" }
  | { is: "invite" }
  | { is: "person"; person: string }
  | { is: "teams" }
  | { is: "team"; team: string | null }
  | { is: "canned" }
  | { is: "reply"; reply: string | null }
  | { is: "audit" }
  | { is: "mails" };

/** Where the part of the address behind `settings/` leads; null when there is no such page. */
export function placeOf(path: string): Place | null {
  const [first = "", second, third, ...rest] = path.split("/");
  if (rest.length > 0) return null;
  switch (first) {
    case "":
      return { is: "home" };
    case "sites":
      return siteOf(second, third);
    case "people":
    case "teams":
    case "canned":
      return third === undefined ? peopleOf(first, second) : null;
    case "audit":
    case "mails":
      return second === undefined ? { is: first } : null;
    default:
      return null;
  }
}

function siteOf(site: string | undefined, part: string | undefined): Place | null {
  if (site === undefined) return { is: "home" };
  if (site === "new") return part === undefined ? { is: "new-site" } : null;
  if (part === undefined) return { is: "site", site, section: null };
  const section = SECTIONS.find((each) => each === part);
  return section === undefined ? null : { is: "site", site, section };
}

function peopleOf(first: "people" | "teams" | "canned", second: string | undefined): Place {
  const id = second === "new" ? null : (second ?? null);
  if (second === undefined) return { is: first };
  switch (first) {
    case "people":
      return id === null ? { is: "invite" } : { is: "person", person: id };
    case "teams":
      return { is: "team", team: id };
    case "canned":
      return { is: "reply", reply: id };
  }
}
