import type { Signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { OperatorMessage } from "../../browser/protocol.ts";
import { usePanel } from "../shell/context.ts";
import { copy } from "../ui/clipboard.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import menu from "../ui/menu.module.css";
import { Menu } from "../ui/menu.tsx";
import { mayDelete } from "./may-delete.ts";
import css from "./message-actions.module.css";
import { focusBeside } from "./message-focus.ts";
import type { OpenChat } from "./open-chat.ts";
import { quoteOf } from "./quote-of.ts";
import { writingWish } from "./writing-wish.ts";

interface Props {
  chat: OpenChat;
  message: OperatorMessage;
  deleting: Signal<boolean>;
}

/** Beside the active message: reply to it, and what else can be done with it. */
export function MessageActions({ chat, message, deleting }: Props) {
  const { drafts } = usePanel();
  const box = useRef<HTMLDivElement>(null);
  const asked = deleting.value;
  const open = chat.conversation.value?.status === "open";
  // Under a finger they stand below the message, where the thread may end.
  useEffect(() => {
    if (asked || matchMedia("(pointer: coarse)").matches) {
      box.current?.scrollIntoView({ block: "nearest" });
    }
  }, [asked]);
  if (asked) {
    return (
      <div ref={box} class={css.actions} data-actions>
        <Sure chat={chat} message={message} deleting={deleting} />
      </div>
    );
  }
  return (
    <div ref={box} class={css.actions} data-actions>
      {message.kind === "message" && open && (
        <button
          class={css.button}
          type="button"
          aria-label={t("panel.message.reply")}
          title={t("panel.message.reply")}
          onClick={() => {
            drafts.write(chat.id, { mode: "reply", quote: quoteOf(message) });
            writingWish.value = "reply";
          }}
        >
          <Icon name="reply" />
        </button>
      )}
      <Menu
        label={t("panel.message.more")}
        button={<Icon name="ellipsis" />}
        buttonClass={css.button}
        placement={message.author.kind === "visitor" ? "start" : "end"}
      >
        {(close) => <Choices message={message} deleting={deleting} close={close} />}
      </Menu>
    </div>
  );
}

interface ChoicesProps {
  message: OperatorMessage;
  deleting: Signal<boolean>;
  close(): void;
}

function Choices({ message, deleting, close }: ChoicesProps) {
  const { me } = usePanel();
  return (
    <>
      <button
        class={menu.item}
        type="button"
        onClick={() => {
          void copy(message.text ?? "");
          close();
        }}
      >
        <Icon name="copy" />
        {t("panel.message.copy")}
      </button>
      {mayDelete(message, me) && (
        <button
          class={cx(menu.item, menu.danger)}
          type="button"
          onClick={({ currentTarget }) => {
            // Before this button goes, or the focus would go with it.
            currentTarget.closest<HTMLElement>("[data-message]")?.focus();
            deleting.value = true;
          }}
        >
          <Icon name="trash" />
          {t("panel.message.delete")}
        </button>
      )}
    </>
  );
}

/** Deleting is for good, so it takes a second word, here and not in a dialog. */
function Sure({ chat, message, deleting }: Props) {
  const yes = useRef<HTMLButtonElement>(null);
  // At once: in between, the pointer might make another message the active one.
  useLayoutEffect(() => yes.current?.focus(), []);
  const keep = () => {
    yes.current?.closest<HTMLElement>("[data-message]")?.focus();
    deleting.value = false;
  };
  return (
    <fieldset
      class={css.sure}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        keep();
      }}
    >
      <span>
        {t(
          message.kind === "note" ? "panel.message.delete_note_sure" : "panel.message.delete_sure",
        )}
      </span>
      <button
        ref={yes}
        class={cx(controls.button, css.delete)}
        type="button"
        onClick={() => {
          deleting.value = false;
          focusBeside(message.id);
          void chat.remove(message.id);
        }}
      >
        {t("common.delete")}
      </button>
      <button class={controls.button} type="button" onClick={keep}>
        {t("panel.message.keep")}
      </button>
    </fieldset>
  );
}
