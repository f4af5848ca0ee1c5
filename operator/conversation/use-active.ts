import { type Signal, useComputed } from "@preact/signals";
import type { OperatorMessage } from "../../browser/protocol.ts";
import { usePanel } from "../shell/context.ts";
import { mayDelete } from "./may-delete.ts";
import { activeMessage } from "./message-focus.ts";
import type { OpenChat } from "./open-chat.ts";
import { quoteOf } from "./quote-of.ts";
import { writingWish } from "./writing-wish.ts";

/** A menu that is open, or the question before deleting, stays when the pointer passes elsewhere. */
function inUse(): boolean {
  return document.activeElement?.closest("[data-actions]") != null;
}

/** Hover, focus or a tap makes a message the active one; then R quotes it and Del deletes it. */
export function useActive(chat: OpenChat, message: OperatorMessage, deleting: Signal<boolean>) {
  const { drafts, me } = usePanel();
  const { id } = message;
  const on = useComputed(() => activeMessage.value === id).value;

  function pressed(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    if (event.key === "Delete" && mayDelete(message, me)) deleting.value = true;
    else if (event.code === "KeyR" && message.kind === "message") {
      drafts.write(chat.id, { mode: "reply", quote: quoteOf(message) });
      writingWish.value = "reply";
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    on,
    handlers: {
      onPointerEnter({ pointerType }: PointerEvent) {
        if (pointerType === "mouse" && !inUse()) activeMessage.value = id;
      },
      onPointerLeave({ pointerType, currentTarget }: PointerEvent) {
        const inside =
          currentTarget instanceof Element && currentTarget.contains(document.activeElement);
        if (pointerType === "mouse" && !inside && on) activeMessage.value = null;
      },
      onClick({ target }: MouseEvent) {
        const control = target instanceof Element && target.closest("a, button");
        if (!control) activeMessage.value = id;
      },
      onFocusIn() {
        activeMessage.value = id;
      },
      onFocusOut({ relatedTarget, currentTarget }: FocusEvent) {
        const stays =
          currentTarget instanceof Element &&
          relatedTarget instanceof Node &&
          currentTarget.contains(relatedTarget);
        if (stays || activeMessage.value !== id) return;
        activeMessage.value = null;
        deleting.value = false;
      },
      onKeyDown: pressed,
    },
  };
}
