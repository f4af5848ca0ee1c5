import arrowUp from "lucide-static/icons/arrow-up.svg?raw";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { Store } from "../../browser/store.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import type { Chat } from "./chat.ts";
import css from "./composer.module.css";

const TEXT = "text";
/** What the server takes. */
const LONGEST = 10_000;

/** What is being written survives a reload. */
export function Composer({ chat, store }: { chat: Chat; store: Store }) {
  const [text, setText] = useState(store.get(TEXT) ?? "");
  const area = useRef<HTMLTextAreaElement>(null);
  const shown = chat.seen.value;
  const blank = text.trim() === "";

  function write(next: string): void {
    setText(next);
    store.set(TEXT, next || null);
  }

  function send(): void {
    area.current?.focus();
    if (blank) return;
    chat.send(text.trim());
    write("");
  }

  useLayoutEffect(() => grow(area.current), [text]);
  useLayoutEffect(() => {
    // Under a finger a keyboard would come up over what is to be read first.
    if (shown && !matchMedia("(pointer: coarse)").matches) area.current?.focus();
  }, [shown]);

  return (
    <form
      class={css.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={area}
        class={css.text}
        rows={1}
        maxLength={LONGEST}
        value={text}
        placeholder={t("widget.placeholder")}
        aria-label={t("widget.placeholder")}
        enterkeyhint="send"
        onInput={(event) => {
          write(event.currentTarget.value);
          if (event.currentTarget.value.trim()) chat.typed();
        }}
        onKeyDown={(event) => {
          // While an input method composes a word, Enter chooses it.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class={css.send} aria-label={t("common.send")} disabled={blank}>
        <Icon svg={arrowUp} />
      </button>
    </form>
  );
}

/** Up to the height that its style allows, then it scrolls. */
function grow(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
