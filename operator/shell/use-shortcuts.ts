import { useEffect } from "preact/hooks";
import { writingWish } from "../conversation/writing-wish.ts";
import { asideOpen } from "../customer/aside-open.ts";
import { ordered } from "../inbox/listed.ts";
import { rowWish } from "../inbox/row-wish.ts";
import { shownViews } from "../inbox/shown-views.ts";
import { overlay } from "./overlay.ts";
import type { Panel } from "./panel.ts";
import { lettersOn } from "./shortcut-choice.ts";
import { isField, type Shortcut, shortcutOf } from "./shortcuts.ts";

export function useShortcuts(panel: Panel): void {
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (event.defaultPrevented) return;
      if (overlay.value !== null) {
        // A dialog that was asked for is still on its way: what is typed meanwhile is for it.
        if (event.key === "Escape") overlay.value = null;
        return;
      }
      const shortcut = shortcutOf(event, isField(event.target), lettersOn.value);
      if (shortcut !== null && perform(panel, shortcut)) event.preventDefault();
    }
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [panel]);
}

/** True when there was something to do. */
function perform(panel: Panel, shortcut: Shortcut): boolean {
  if (shortcut === "palette" || shortcut === "help") {
    overlay.value = shortcut === "help" ? "keys" : "palette";
    return true;
  }
  if (shortcut === "mute") {
    panel.bell.toggle();
    return true;
  }
  if (panel.address.area.value !== null) return false;
  if (typeof shortcut === "object") return showView(panel, shortcut.view);
  switch (shortcut) {
    case "next":
      return step(panel, 1);
    case "previous":
      return step(panel, -1);
    case "longest":
      return openRow(panel, idsOf(panel).waiting[0]);
    case "handOver":
      return handOver(panel);
    case "reply":
    case "note":
    case "canned":
      writingWish.value = shortcut;
      return panel.chat.value !== null;
    case "take":
      return take(panel);
    case "end":
      return end(panel);
    case "visitor":
      asideOpen.value = !asideOpen.value;
      return true;
    case "back":
      return back(panel);
  }
}

function idsOf({ inbox }: Panel): { waiting: string[]; all: string[] } {
  const { waiting, answered } = ordered(inbox.view.value.list.value);
  const ids = waiting.map(({ id }) => id);
  return { waiting: ids, all: [...ids, ...answered.map(({ id }) => id)] };
}

function step(panel: Panel, by: 1 | -1): boolean {
  const { all } = idsOf(panel);
  const at = all.indexOf(panel.chat.value?.id ?? "");
  return openRow(panel, at === -1 ? all[0] : all[at + by]);
}

function openRow(panel: Panel, id: string | undefined): boolean {
  if (id === undefined) return false;
  panel.address.open(id);
  rowWish.value = id;
  return true;
}

function showView(panel: Panel, index: number): boolean {
  const view = shownViews(panel.teams.value.length)[index];
  if (view !== undefined) panel.address.show(view);
  return true;
}

function take({ chat }: Panel): boolean {
  const conversation = chat.value?.conversation.value;
  if (conversation?.status !== "open" || conversation.assignee !== null) return false;
  void chat.value?.do("conversation.take");
  return true;
}

function handOver({ chat }: Panel): boolean {
  if (chat.value?.conversation.value?.status !== "open") return false;
  overlay.value = "hand-over";
  return true;
}

function end({ chat }: Panel): boolean {
  if (chat.value?.conversation.value?.status !== "open") return false;
  void chat.value.do("conversation.close");
  return true;
}

/** One step at a time: the visitor's column, the field, the chat. */
function back(panel: Panel): boolean {
  if (asideOpen.value) {
    asideOpen.value = false;
    return true;
  }
  const { activeElement } = document;
  if (isField(activeElement) && activeElement instanceof HTMLElement) {
    activeElement.blur();
    return true;
  }
  const id = panel.chat.value?.id;
  if (id === undefined) return false;
  panel.address.open(null);
  rowWish.value = id;
  return true;
}
