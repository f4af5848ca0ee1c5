import type { OperatorConversation } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { today } from "../shell/seconds.ts";
import { listTime } from "../ui/when.ts";
import css from "./row.module.css";

/** When the last message came. */
export function When({ conversation }: { conversation: OperatorConversation }) {
  const at = conversation.last?.at ?? conversation.created_at;
  return (
    <time class={css.when} dateTime={at} title={exactTime(at)}>
      {listTime(at, today())}
    </time>
  );
}
