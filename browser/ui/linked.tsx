import { findLinks } from "./links.ts";

/** A person's text with its addresses clickable; everything else stays text. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {findLinks(text).map((piece) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <a key={piece.href} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}
