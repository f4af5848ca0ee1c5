import { useSignal } from "@preact/signals";
import type { OperatorMessage } from "../../browser/protocol.ts";
import { Linked } from "../../browser/ui/linked.tsx";
import { clockTime, exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { visitorName } from "../ui/visitor-name.ts";
import css from "./bubble.module.css";
import { Mailed } from "./mailed.tsx";
import { MessageActions } from "./message-actions.tsx";
import { ringed } from "./message-focus.ts";
import type { OpenChat } from "./open-chat.ts";
import { QuoteLink } from "./quote.tsx";
import { Ticks } from "./ticks.tsx";
import { useActive } from "./use-active.ts";

interface Props {
  chat: OpenChat;
  message: OperatorMessage;
  joined: boolean;
  tab: boolean;
  go(message: string): void;
}

export function Bubble({ chat, message, joined, tab, go }: Props) {
  const { me } = usePanel();
  const conversation = chat.conversation.value;
  const { author, id, quote, text } = message;
  const ours = author.kind !== "visitor";
  const deleting = useSignal(false);
  const active = useActive(chat, message, deleting);
  if (conversation === null) return null;
  const who = ours ? (author.name ?? "") : visitorName(conversation.visitor);
  const named = ours && author.id !== me.id && !joined;
  return (
    <div
      class={cx(css.message, ours && css.us, joined && css.joined)}
      data-message={id}
      data-ours={ours || undefined}
      tabIndex={tab ? 0 : -1}
      {...active.handlers}
    >
      {named ? <p class={css.by}>{who}</p> : <span class={controls.unseen}>{who}: </span>}
      <div class={cx(css.bubble, ringed.value === id && css.ringed)}>
        {quote !== null && <QuoteLink quote={quote} go={go} />}
        <bdi>
          <Linked text={text ?? ""} />
        </bdi>
        <span class={css.foot}>
          <time dateTime={message.at} title={exactTime(message.at)}>
            {clockTime(message.at)}
          </time>
          {message.mailed_at !== null && <Mailed at={message.mailed_at} />}
          {ours && <Ticks conversation={conversation} seq={message.seq} />}
        </span>
      </div>
      {active.on && <MessageActions chat={chat} message={message} deleting={deleting} />}
    </div>
  );
}
