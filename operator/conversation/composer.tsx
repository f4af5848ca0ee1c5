import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { Banner } from "../ui/banner.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { visitorName } from "../ui/visitor-name.ts";
import css from "./composer.module.css";
import { composerAction } from "./composer-keys.ts";
import { focusLast } from "./message-focus.ts";
import { Modes } from "./modes.tsx";
import type { OpenChat } from "./open-chat.ts";
import { QuoteChosen } from "./quote-chosen.tsx";
import { writingWish } from "./writing-wish.ts";

/** The server takes no longer text. */
const LONGEST = 10_000;

export function Composer({ chat }: { chat: OpenChat }) {
  const { drafts, outbox, typing, me, chat: open } = usePanel();
  const field = useRef<HTMLTextAreaElement>(null);
  const fine = useSignal(matchMedia("(pointer: fine)").matches);
  const conversation = chat.conversation.value;
  const closed = conversation?.status === "closed";
  const writing = drafts.of(chat.id);
  // A closed chat takes no messages, but colleagues may still leave a word.
  const mode = closed ? "note" : writing.mode;
  const text = writing[mode];
  const over = [...text.trim()].length - LONGEST;
  const sendable = text.trim() !== "" && over <= 0;

  useSignalEffect(() => {
    const wish = writingWish.value;
    if (wish === null || open.value?.id !== chat.id) return;
    writingWish.value = null;
    if (wish !== "any") drafts.write(chat.id, { mode: wish });
    field.current?.focus();
  });

  function write(value: string): void {
    drafts.write(chat.id, { [mode]: value });
    if (mode === "reply" && value.trim() !== "") chat.typing();
  }

  function send(): void {
    if (!sendable) return;
    const quote = mode === "reply" ? writing.quote : null;
    const kind = mode === "note" ? "note" : "message";
    outbox.post({ conversation: chat.id, text: text.trim(), kind, quote });
    drafts.write(chat.id, { [mode]: "", ...(mode === "reply" ? { quote: null } : {}) });
    field.current?.focus();
  }

  function pressed(event: KeyboardEvent): void {
    const action = composerAction(event, { empty: text === "", touch: !fine.value });
    if (action === null) return;
    if (action === "leave" && writing.quote === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (action === "send") send();
    else if (action === "last") focusLast(chat.id);
    else drafts.write(chat.id, { quote: null });
  }

  if (conversation === null) return null;
  const name = visitorName(conversation.visitor);
  const first = conversation.visitor.name === null ? name : (name.split(" ")[0] ?? name);
  const colleagues = (typing.all.value.get(chat.id) ?? []).filter(
    (person) => person.kind === "operator" && person.id !== me.id,
  );
  return (
    <div class={css.foot}>
      {closed && <Banner icon="check">{t("panel.talk.closed_banner")}</Banner>}
      {colleagues.map(({ id, name: colleague }) => (
        <Banner key={id} icon="user" tone="info">
          {t("panel.talk.colleague_types", { name: colleague ?? "" })}
        </Banner>
      ))}
      <div class={cx(css.composer, mode === "note" && css.note)}>
        <Modes chat={chat} mode={mode} closed={closed} />
        {mode === "reply" && writing.quote !== null && (
          <QuoteChosen quote={writing.quote} drop={() => drafts.write(chat.id, { quote: null })} />
        )}
        <div class={css.grow} data-text={text}>
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            value={text}
            aria-label={t(mode === "note" ? "panel.composer.note" : "panel.composer.label")}
            placeholder={
              mode === "note"
                ? t("panel.composer.note_hint")
                : t("panel.composer.reply_to", { name: first })
            }
            enterkeyhint={fine.value ? "send" : "enter"}
            onInput={({ currentTarget }) => write(currentTarget.value)}
            onKeyDown={pressed}
          />
        </div>
        <div class={css.bar}>
          <span class={cx(css.hint, over > 0 && css.over)} role={over > 0 ? "alert" : undefined}>
            {over > 0
              ? t("panel.composer.too_long", { count: over })
              : fine.value && t("panel.composer.enter_sends")}
          </span>
          <button
            class={cx(controls.button, mode === "reply" && controls.main, css.send)}
            type="button"
            disabled={!sendable}
            aria-label={t(mode === "note" ? "panel.composer.add_note" : "common.send")}
            onClick={send}
          >
            <span class={css.word}>
              {t(mode === "note" ? "panel.composer.add_note" : "common.send")}
            </span>
            <span class={css.arrow}>
              <Icon name="arrow-up" size="large" />
            </span>
          </button>
        </div>
      </div>
    </div>
  );
}
