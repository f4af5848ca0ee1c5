import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { OperatorMessage } from "../../browser/protocol.ts";
import { Linked } from "../../browser/ui/linked.tsx";
import { clockTime, exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { MessageActions } from "./message-actions.tsx";
import { ringed } from "./message-focus.ts";
import css from "./note.module.css";
import type { OpenChat } from "./open-chat.ts";
import { useActive } from "./use-active.ts";

interface Props {
  chat: OpenChat;
  message: OperatorMessage;
  tab: boolean;
}

/** A word among colleagues. */
export function Note({ chat, message, tab }: Props) {
  const { me } = usePanel();
  const deleting = useSignal(false);
  const active = useActive(chat, message, deleting);
  const { author, at, id } = message;
  return (
    <div
      class={cx(css.note, ringed.value === id && css.ringed)}
      data-message={id}
      data-ours
      tabIndex={tab ? 0 : -1}
      {...active.handlers}
    >
      <NoteBody
        name={author.id === me.id ? t("common.you") : (author.name ?? "")}
        text={message.text ?? ""}
        foot={
          <time dateTime={at} title={exactTime(at)}>
            {clockTime(at)}
          </time>
        }
      />
      {active.on && <MessageActions chat={chat} message={message} deleting={deleting} />}
    </div>
  );
}

interface BodyProps {
  name: string;
  text: string;
  foot: preact.JSX.Element;
}

export function NoteBody({ name, text, foot }: BodyProps) {
  return (
    <>
      <div class={css.by}>
        <Icon name="lock" size="small" />
        <b>{name}</b>
        <span class={controls.cut}>{t("panel.talk.colleagues_only")}</span>
        <span class={css.time}>{foot}</span>
      </div>
      <div class={css.text} dir="auto">
        <Linked text={text} />
      </div>
    </>
  );
}
