import css from "./marked.module.css";

interface Range {
  start: number;
  end: number;
}

/** A text with some parts of it marked; it stays text, whatever is in it. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  return (
    <>
      {piecesOf(text, ranges).map((piece, at) =>
        at % 2 === 1 ? (
          <mark key={at} class={css.mark}>
            {piece}
          </mark>
        ) : (
          piece
        ),
      )}
    </>
  );
}

/** Plain, marked, plain, … */
export function piecesOf(text: string, ranges: readonly Range[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start < at || end > text.length) continue;
    pieces.push(text.slice(at, start), text.slice(start, end));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}
