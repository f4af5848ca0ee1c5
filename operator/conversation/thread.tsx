import { useComputed, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { pending } from "../../browser/outbox.ts";
import { usePanel } from "../shell/context.ts";
import { Icon } from "../ui/icon.tsx";
import { chunkOf, chunksOf } from "./chunks.ts";
import { EarlierFailed } from "./earlier-failed.tsx";
import { Echo } from "./echo.tsx";
import { Entry } from "./entry.tsx";
import { linesOf } from "./lines.ts";
import { lead } from "./message-focus.ts";
import { messageWish } from "./message-wish.ts";
import type { OpenChat } from "./open-chat.ts";
import css from "./thread.module.css";
import { moveInThread } from "./thread-keys.ts";
import { TypingLine } from "./typing-line.tsx";
import { useChunks } from "./use-chunks.ts";
import { useReading } from "./use-reading.ts";
import { useScroll } from "./use-scroll.ts";

export function Thread({ chat }: { chat: OpenChat }) {
  const { outbox } = usePanel();
  const scroller = useRef<HTMLDivElement>(null);
  const messages = chat.messages.value;
  const echoes = useComputed(() =>
    pending(outbox.drafts.value, chat.id, chat.messages.value),
  ).value;
  const scroll = useScroll(scroller, {
    chat,
    first: messages[0]?.id ?? "",
    last: messages.at(-1) ?? null,
    echoes: echoes.length,
  });
  const chunks = useComputed(() => chunksOf(linesOf(chat.messages.value))).value;
  const drawn = useChunks(scroller, chunks, scroll.atEnd);
  useReading(chat, scroll.atEnd);

  /** To the original of a quote, through older pages if need be. */
  function go(id: string): void {
    void scroll.travel(async () => {
      while (!lead(id)) {
        const known = chat.messages.peek().find((message) => message.id === id);
        if (known !== undefined) drawn.show(chunkOf(known.line));
        else if (!(await chat.readEarlier())) return;
        await new Promise(requestAnimationFrame);
      }
    });
  }

  useSignalEffect(() => {
    const wish = messageWish.value;
    if (wish?.chat !== chat.id || chat.messages.value.length === 0) return;
    messageWish.value = null;
    go(wish.message);
  });

  const lastId = messages.at(-1)?.id;
  return (
    <div class={css.around}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the messages bubble up to it */}
      <div
        ref={scroller}
        class={css.scroll}
        data-scroller
        data-thread={chat.id}
        onScroll={() => {
          drawn.look();
          scroll.scrolled();
        }}
        onKeyDown={(event) => moveInThread(event, scroller.current)}
      >
        <div class={css.thread} role="log" aria-label={t("panel.talk.messages")}>
          <EarlierFailed chat={chat} failed={scroll.earlierFailed} />
          {chunks.map(({ key, lines }) => {
            const height = drawn.spaces.value.get(key);
            return height === undefined ? (
              <div key={key} class={css.chunk} data-chunk={key}>
                {lines.map((line) => (
                  <Entry key={line.key} chat={chat} line={line} tab={line.key === lastId} go={go} />
                ))}
              </div>
            ) : (
              <div key={key} data-chunk={key} style={{ height: `${height}px` }} />
            );
          })}
          {echoes.map((draft, index) => (
            <Echo key={draft.client_id} draft={draft} last={index === echoes.length - 1} />
          ))}
          <TypingLine chat={chat} />
        </div>
      </div>
      {scroll.unseen.value > 0 && (
        <button class={css.chip} type="button" onClick={scroll.toEnd}>
          <Icon name="arrow-down" />
          {t("panel.talk.new", { count: scroll.unseen.value })}
        </button>
      )}
    </div>
  );
}
