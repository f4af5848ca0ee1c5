import type { Key } from "../../browser/i18n.ts";
import type { OperatorConversation } from "../../browser/protocol.ts";
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
  if (assignee?.id === me) return [close];
  return assignee === null
    ? [deed("user-check", "panel.talk.take", () => chat.do("conversation.take")), close]
    : [deed("user-check", "panel.talk.take_over", chat.takeOver), close];
}
