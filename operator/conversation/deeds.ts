import type { Key } from "../../browser/i18n.ts";
import type { OperatorConversation } from "../../browser/protocol.ts";
import { overlay } from "../shell/overlay.ts";
import type { IconName } from "../ui/icon.tsx";
import type { OpenChat } from "./open-chat.ts";

/** Something that can be done with a chat as it stands. */
export interface Deed {
  icon: IconName;
  name: Key;
  run(): void;
}

export function deedsOf(
  chat: Pick<OpenChat, "do" | "takeOver">,
  { status, assignee }: Pick<OperatorConversation, "status" | "assignee">,
  me: string,
): Deed[] {
  const deed = (icon: IconName, name: Key, run: () => Promise<void>): Deed => ({
    icon,
    name,
    run: () => void run(),
  });
  if (status === "closed") {
    return [deed("rotate-ccw", "panel.talk.reopen", () => chat.do("conversation.reopen"))];
  }
  const close = deed("check", "panel.talk.close", () => chat.do("conversation.close"));
  const handOver: Deed = {
    icon: "arrow-right-left",
    name: "panel.talk.hand_over",
    run: () => {
      overlay.value = "hand-over";
    },
  };
  if (assignee?.id === me) return [handOver, close];
  const take =
    assignee === null
      ? deed("user-check", "panel.talk.take", () => chat.do("conversation.take"))
      : deed("user-check", "panel.talk.take_over", chat.takeOver);
  return [take, handOver, close];
}
