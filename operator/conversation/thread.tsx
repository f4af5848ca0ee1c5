import { useComputed } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { pending } from "../../browser/outbox.ts";
import { usePanel } from "../shell/context.ts";
import { Icon } from "../ui/icon.tsx";
import { EarlierFailed } from "./earlier-failed.tsx";
import { Echo } from "./echo.tsx";
import { Entry } from "./entry.tsx";
import { linesOf } from "./lines.ts";
import { lead } from "./message-focus.ts";
import type { OpenChat } from "./open-chat.ts";
import css from "./thread.module.css";
import { moveInThread } from "./thread-keys.ts";
import { TypingLine } from "./typing-line.tsx";
import { useReading } from "./use-reading.ts";
import { useScroll } from "./use-scroll.ts";

export function Thread({ chat }: { chat: OpenChat }) {
  const { outbox } = usePanel();
  const scroller = useRef<HTMLDivElement>(null);
  const messages = chat.messages.value;
  const lines = useComputed(() => linesOf(chat.messages.value)).value;
  const echoes = useComputed(() =>
    pending(outbox.drafts.value, chat.id, chat.messages.value),
  ).value;
  const scroll = useScroll(scroller, {
    chat,
    first: messages[0]?.id ?? "",
    last: messages.at(-1) ?? null,
    echoes: echoes.length,
  });
  useReading(chat, scroll.atEnd);

  /** To the original of a quote, through older pages if need be. */
  function go(id: string): void {
    void scroll.travel(async () => {
      while (!lead(id)) {
        if (!(await chat.readEarlier())) return;
        await new Promise(requestAnimationFrame);
      }
    });
  }

  const lastId = messages.at(-1)?.id;
  return (
    <div class={css.around}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the messages bubble up to it */}
      <div
        ref={scroller}
        class={css.scroll}
        data-scroller
        data-thread={chat.id}
        onScroll={scroll.scrolled}
        onKeyDown={(event) => moveInThread(event, scroller.current)}
      >
        <div class={css.thread} role="log" aria-label={t("panel.talk.messages")}>
          <EarlierFailed chat={chat} failed={scroll.earlierFailed} />
          {lines.map((line) => (
            <Entry key={line.key} chat={chat} line={line} tab={line.key === lastId} go={go} />
          ))}
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
