import { useEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Keycap } from "../ui/keycap.tsx";
import { Marked } from "../ui/marked.tsx";
import { tokenAt } from "./canned.ts";
import css from "./canned-menu.module.css";
import type { CannedList } from "./use-canned.ts";

/** Above the composer; the field keeps the focus. */
export function CannedMenu({ list, id, text }: { list: CannedList; id: string; text: string }) {
  const root = useRef<HTMLDivElement>(null);
  const replies = list.replies.value;
  const chosen = list.chosen.value;
  useEffect(() => {
    root.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  if (list.none.value) return <p class={cx(css.menu, css.none)}>{t("panel.canned.none")}</p>;
  if (replies.length === 0) return null;
  const typed = tokenAt(text, text.length)?.typed ?? "";
  return (
    <div ref={root} class={css.menu}>
      <div id={id} class={css.list} role="listbox" aria-label={t("panel.canned.title")}>
        {replies.map((reply, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field below has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field below has the focus
          <div
            key={reply.id}
            id={`${id}-${index}`}
            class={css.reply}
            role="option"
            aria-selected={index === chosen}
            title={reply.text}
            onPointerMove={() => {
              list.chosen.value = index;
            }}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => list.choose(reply)}
          >
            <b class={controls.cut}>
              /<Marked text={reply.shortcut} ranges={rangeOf(reply.shortcut, typed)} />
            </b>
            <span class={controls.cut}>{reply.text}</span>
          </div>
        ))}
      </div>
      <p class={css.legend} aria-hidden="true">
        <span>
          <Keycap>↑</Keycap> <Keycap>↓</Keycap> {t("panel.canned.choose")}
        </span>
        <span>
          <Keycap>Enter</Keycap> {t("panel.canned.put_in")}
        </span>
        <span>
          <Keycap>Esc</Keycap> {t("panel.canned.close")}
        </span>
        <span class={css.end}>{t("panel.canned.by_itself")}</span>
      </p>
    </div>
  );
}

function rangeOf(shortcut: string, typed: string): { start: number; end: number }[] {
  const start = typed === "" ? -1 : shortcut.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase());
  return start < 0 ? [] : [{ start, end: start + typed.length }];
}
