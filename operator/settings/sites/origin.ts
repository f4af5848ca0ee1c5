const LABEL = "[\\p{L}\\d](?:[\\p{L}\\d-]{0,61}[\\p{L}\\d])?";
const HOST = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`, "u");

/**
 * What people paste, as an origin: a path goes, https:// comes if nothing is said. Null when it is
 * none. `https://*.shop.example` means every name under it.
 */
export function originIn(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const [, scheme = "https", rest = ""] = /^(?:(https?):\/\/)?(.*)$/.exec(text) ?? [];
  const host = rest.split("/")[0] ?? "";
  if (!HOST.test(host) || !/[.:]|^localhost$/.test(host)) return null;
  return `${scheme}://${host}`;
}
