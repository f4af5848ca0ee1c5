import { effect, untracked, useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { enterSends } from "../shell/shortcut-choice.ts";
import { Banner } from "../ui/banner.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { visitorName } from "../ui/visitor-name.ts";
import css from "./composer.module.css";
import { composerAction } from "./composer-keys.ts";
import { focusLast } from "./message-focus.ts";
import { Modes } from "./modes.tsx";
import type { OpenChat } from "./open-chat.ts";
import { QuoteChosen } from "./quote-chosen.tsx";
import { Tools } from "./tools.tsx";
import { useCanned } from "./use-canned.ts";
import { type WritingWish, writingWish } from "./writing-wish.ts";

/** The server takes no longer text. */
const LONGEST = 10_000;

const CannedMenu = lazy(async () => (await import("./canned-menu.tsx")).CannedMenu);

export function Composer({ chat }: { chat: OpenChat }) {
  const { drafts, outbox, typing, me, chat: open } = usePanel();
  const field = useRef<HTMLTextAreaElement>(null);
  const fine = useSignal(matchMedia("(pointer: fine)").matches);
  const sends = fine.value && enterSends.value;
  const conversation = chat.conversation.value;
  const closed = conversation?.status === "closed";
  const writing = drafts.of(chat.id);
  // A closed chat takes no messages, but colleagues may still leave a word.
  const mode = closed ? "note" : writing.mode;
  const text = writing[mode];
  const over = [...text.trim()].length - LONGEST;
  const list = useId();
  const canned = useCanned(chat, put);
  const sendable = text.trim() !== "" && over <= 0;

  /** Puts a text in the place of another, and the caret behind it. */
  function put(from: number, to: number, words: string): void {
    const before = drafts.of(chat.id)[mode];
    drafts.write(chat.id, { [mode]: before.slice(0, from) + words + before.slice(to) });
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from + words.length, from + words.length);
    });
  }

  function insert(words: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    put(selectionStart, selectionEnd, words);
  }

  /** A stroke at the caret opens the list of canned replies. */
  function stroke(): void {
    const at = field.current?.selectionStart ?? text.length;
    const before = drafts.of(chat.id)[mode];
    const words = at === 0 || /\s$/.test(before.slice(0, at)) ? "/" : " /";
    put(at, at, words);
    canned.look(before.slice(0, at) + words, at + words.length);
  }

  const grant = useRef<(wish: WritingWish) => void>(() => {});
  grant.current = (wish) => {
    field.current?.focus();
    if (wish === "canned") stroke();
    else if (wish !== "any") drafts.write(chat.id, { mode: wish });
  };

  // At once, not after the next frame: the key that follows is already a letter of the text.
  const known = conversation !== null;
  useLayoutEffect(() => {
    if (!known) return;
    return effect(() => {
      const wish = writingWish.value;
      if (wish === null || open.value?.id !== chat.id) return;
      writingWish.value = null;
      untracked(() => grant.current(wish));
    });
  }, [chat.id, known, open]);

  function write(value: string): void {
    drafts.write(chat.id, { [mode]: value });
    canned.look(value, field.current?.selectionStart ?? value.length);
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
    if (canned.pressed(event)) return;
    const action = composerAction(event, { empty: text === "", enterSends: sends });
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
        {(canned.replies.value.length > 0 || canned.none.value) && (
          <CannedMenu list={canned} id={list} text={text} />
        )}
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
                : t(fine.value ? "panel.composer.reply_to" : "panel.composer.reply_short", {
                    name: first,
                  })
            }
            aria-autocomplete="list"
            aria-controls={canned.replies.value.length > 0 ? list : undefined}
            aria-activedescendant={
              canned.replies.value.length > 0 ? `${list}-${canned.chosen.value}` : undefined
            }
            onBlur={canned.leave}
            enterkeyhint={sends ? "send" : "enter"}
            onInput={({ currentTarget }) => write(currentTarget.value)}
            onKeyDown={pressed}
          />
        </div>
        <div class={css.bar}>
          <Tools insert={insert} stroke={stroke} />
          <span class={cx(css.hint, over > 0 && css.over)} role={over > 0 ? "alert" : undefined}>
            {over > 0
              ? t("panel.composer.too_long", { count: over })
              : fine.value &&
                t(sends ? "panel.composer.enter_sends" : "panel.composer.ctrl_enter_sends")}
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
