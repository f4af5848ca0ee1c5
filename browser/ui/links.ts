export type Piece = string | { href: string; text: string };

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"'«»“”]+/gi;

/** Cut a text into plain pieces and web addresses; only http and https are ever a link. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTail(match[0]);
    const href = address.toLowerCase().startsWith("www.") ? `https://${address}` : address;
    if (!URL.canParse(href)) continue;
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push({ href, text: address });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** The sentence's own full stop or bracket does not belong to the address. */
function withoutTail(address: string): string {
  const cut = address.replace(/[.,:;!?…]+$/, "");
  const open = cut.split("(").length;
  const close = cut.split(")").length;
  return cut.endsWith(")") && close > open ? withoutTail(cut.slice(0, -1)) : cut;
}
