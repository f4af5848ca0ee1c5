import arrowUp from "lucide-static/icons/arrow-up.svg?raw";
import smile from "lucide-static/icons/smile.svg?raw";
import x from "lucide-static/icons/x.svg?raw";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import type { Chat } from "./chat.ts";
import css from "./composer.module.css";
import { emoji } from "./parts.ts";
import { QuoteBody } from "./quote.tsx";
import { focusNewest } from "./reply-keys.ts";
import type { Writing } from "./writing.ts";

/** What the server takes. */
const LONGEST = 10_000;

export function Composer({ chat, writing }: { chat: Chat; writing: Writing }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const text = writing.text.value;
  const quote = writing.quote.value;
  const shown = chat.seen.value;
  const wanted = writing.wanted.value;
  const blank = text.trim() === "";
  const [choosing, choose] = useState(false);
  const Emoji = choosing ? emoji.value?.Emoji : undefined;

  /** Where the caret is. */
  function insert(words: string): void {
    const { selectionStart = 0, selectionEnd = 0 } = area.current ?? {};
    const next = text.slice(0, selectionStart) + words + text.slice(selectionEnd);
    if (next.length > LONGEST) return;
    writing.write(next);
    choose(false);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(selectionStart + words.length, selectionStart + words.length);
    });
  }

  function send(): void {
    area.current?.focus();
    if (blank) return;
    chat.send(text.trim(), quote);
    writing.clear();
  }

  function pressed(event: KeyboardEvent): void {
    // While an input method composes a word, the keys are its own.
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) send();
    else if (event.key === "Escape" && quote) writing.answer(null);
    else if (event.key !== "ArrowUp" || text || !focusNewest()) return;
    event.preventDefault();
    // Esc would close the window as well.
    event.stopPropagation();
  }

  useLayoutEffect(() => grow(area.current), [text]);
  useLayoutEffect(() => {
    // Under a finger a keyboard would come up over what is to be read first.
    if (shown && !matchMedia("(pointer: coarse)").matches) area.current?.focus();
  }, [shown]);
  useLayoutEffect(() => {
    if (wanted) area.current?.focus();
  }, [wanted]);

  return (
    <form
      class={css.composer}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !choosing) return;
        event.stopPropagation();
        choose(false);
        area.current?.focus();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {Emoji && <Emoji take={insert} />}
      {quote && (
        <div class={css.quoted}>
          <QuoteBody quote={quote} />
          <button
            type="button"
            class={css.drop}
            aria-label={t("widget.drop_quote")}
            title={t("widget.drop_quote")}
            onClick={() => writing.answer(null)}
          >
            <Icon svg={x} />
          </button>
        </div>
      )}
      <textarea
        ref={area}
        class={css.text}
        rows={1}
        maxLength={LONGEST}
        value={text}
        placeholder={t("widget.placeholder")}
        aria-label={t("widget.placeholder")}
        enterkeyhint="send"
        onInput={({ currentTarget }) => {
          writing.write(currentTarget.value);
          if (currentTarget.value.trim()) chat.typed();
        }}
        onKeyDown={pressed}
      />
      <button
        type="button"
        class={css.drop}
        aria-label={t("widget.emoji")}
        title={t("widget.emoji")}
        aria-expanded={choosing}
        onClick={() => choose(!choosing)}
      >
        <Icon svg={smile} />
      </button>
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
