import { useComputed, useSignal } from "@preact/signals";
import type { Canned } from "../../browser/protocol.ts";
import { usePanel } from "../shell/context.ts";
import { visitorName } from "../ui/visitor-name.ts";
import { filled, matches, tokenAt } from "./canned.ts";
import type { OpenChat } from "./open-chat.ts";

/** The list that opens at a stroke: what is in it, which is chosen, and what the keys do in it. */
export function useCanned(chat: OpenChat, put: (from: number, to: number, text: string) => void) {
  const { canned, me } = usePanel();
  const place = useSignal<{ from: number; to: number; typed: string } | null>(null);
  const chosen = useSignal(0);

  const replies = useComputed(() => {
    const at = place.value;
    return at === null || canned.all.value === null ? [] : matches(canned.all.value, at.typed);
  });

  function choose(reply: Canned): void {
    const at = place.value;
    const conversation = chat.conversation.value;
    if (at === null || conversation === null) return;
    const text = filled(reply.text, {
      "visitor.name": conversation.visitor.name ?? visitorName(conversation.visitor),
      "visitor.email": conversation.visitor.email ?? "",
      "operator.name": me.name,
      "site.name": conversation.site.name,
    });
    place.value = null;
    put(at.from, at.to, text);
  }

  return {
    replies,
    chosen,
    choose,
    /** True while the house has none at all. */
    none: useComputed(() => place.value?.typed === "" && canned.all.value?.length === 0),
    look(text: string, caret: number) {
      const token = tokenAt(text, caret);
      if (token !== null && place.peek() === null) void canned.reload();
      if (token?.typed !== place.peek()?.typed) chosen.value = 0;
      place.value = token === null ? null : { ...token, to: caret };
    },
    leave() {
      place.value = null;
    },
    /** True when the key was for the list. */
    pressed(event: KeyboardEvent): boolean {
      const all = replies.value;
      if (event.key === "Escape" && place.value !== null) place.value = null;
      else if (all.length === 0 || event.isComposing) return false;
      else if (event.key === "ArrowDown") chosen.value = (chosen.value + 1) % all.length;
      else if (event.key === "ArrowUp") chosen.value = (chosen.value + all.length - 1) % all.length;
      else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
        const reply = all[chosen.value];
        if (reply !== undefined) choose(reply);
      } else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

export type CannedList = ReturnType<typeof useCanned>;
