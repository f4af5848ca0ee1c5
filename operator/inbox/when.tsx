import type { OperatorConversation } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { seconds } from "../shell/seconds.ts";
import { listTime } from "../ui/when.ts";
import css from "./row.module.css";

/** When the last message came. */
export function When({ conversation }: { conversation: OperatorConversation }) {
  const at = conversation.last?.at ?? conversation.created_at;
  // Drawn again with the row, not each second: a time of day does not run.
  return (
    <time class={css.when} dateTime={at} title={exactTime(at)}>
      {listTime(at, seconds.peek())}
    </time>
  );
}
