import type { ReadonlySignal } from "@preact/signals";
import type { InboxRow } from "../../browser/protocol.ts";
import { rangeOf, type Sight } from "../ui/rows-window.ts";
import css from "./chat-list.module.css";
import { Row } from "./row.tsx";

interface Props {
  label: string;
  ids: readonly string[];
  rows: ReadonlyMap<string, InboxRow>;
  gaps: ReadonlySet<string>;
  /** About where the first row stands in the scroller, in pixels. */
  top: number;
  step: number;
  sight: ReadonlySignal<Sight>;
  /** The row that the Tab key comes to: drawn even out of sight, or the focus would be lost. */
  tab: string | null;
  open(id: string): void;
}

/** One group of the list, of which only the rows in sight are drawn. */
export function Rows({ label, ids, rows, gaps, top, step, sight, tab, open }: Props) {
  const { from, to } = rangeOf(top, step, ids.length, sight.value);
  const places = Array.from({ length: to - from }, (_, index) => from + index);
  const at = tab === null ? -1 : ids.indexOf(tab);
  if (at !== -1 && at < from) places.unshift(at);
  else if (at >= to) places.push(at);
  return (
    <ul class={css.rows} aria-label={label} style={{ "--rows": ids.length }}>
      {places.map((place) => {
        const id = ids[place] ?? "";
        const row = gaps.has(id) ? undefined : rows.get(id);
        // Without a row it is a gap: who stood there has left, and the others keep their places.
        if (row === undefined) return null;
        return (
          <li
            key={id}
            data-glide={id}
            aria-setsize={ids.length}
            aria-posinset={place + 1}
            style={{ "--place": place }}
          >
            <Row row={row} tab={id === tab} open={open} />
          </li>
        );
      })}
    </ul>
  );
}
