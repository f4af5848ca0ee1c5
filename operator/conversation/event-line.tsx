import type { OperatorMessage } from "../../browser/protocol.ts";
import { clockTime, exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { eventWords } from "./event-words.ts";
import css from "./thread.module.css";

/** What happened with the chat: taken, handed over, closed, reopened. */
export function EventLine({ message }: { message: OperatorMessage }) {
  const { me } = usePanel();
  return (
    <p class={css.event}>
      {eventWords(message, me.id)},{" "}
      <time dateTime={message.at} title={exactTime(message.at)}>
        {clockTime(message.at)}
      </time>
    </p>
  );
}
