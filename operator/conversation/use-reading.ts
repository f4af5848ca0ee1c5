import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import { visible } from "../shell/visible.ts";
import type { OpenChat } from "./open-chat.ts";

/** What stands at the end of a thread that is in view counts as read. */
export function useReading(chat: OpenChat, atEnd: ReadonlySignal<boolean>): void {
  useSignalEffect(() => {
    const conversation = chat.conversation.value;
    if (conversation === null || !visible.value || !atEnd.value) return;
    if (conversation.seq > conversation.read.operator) chat.seen(conversation.seq);
  });
}
