import { type Key, t } from "../../browser/i18n.ts";
import type { OperatorMessage } from "../../browser/protocol.ts";

const TEXTS: Record<string, { other: Key; you: Key }> = {
  taken: { other: "panel.event.taken", you: "panel.event.taken_you" },
  taken_over: { other: "panel.event.taken_over", you: "panel.event.taken_over_you" },
  assigned: { other: "panel.event.assigned", you: "panel.event.assigned_you" },
  closed: { other: "panel.event.closed", you: "panel.event.closed_you" },
  reopened: { other: "panel.event.reopened", you: "panel.event.reopened_you" },
};

type Happened = Pick<OperatorMessage, "event" | "author" | "text">;

/** Who did what with the chat; `text` of an assignment names whom it is for. */
export function eventWords(happened: Happened, me: string): string {
  const { author, text } = happened;
  const event = kindOf(happened);
  const name =
    author.name ?? t(author.kind === "visitor" ? "panel.card.title" : "panel.event.system");
  if (event === "assigned" && text !== null) {
    return t("panel.event.assigned_to", { name, other: text });
  }
  const texts = TEXTS[event];
  if (texts === undefined) return t("panel.event.other");
  return author.id === me ? t(texts.you) : t(texts.other, { name });
}

/** Whoever assigns a chat to themselves takes it over. */
function kindOf({ event, author, text }: Happened): string {
  return event === "assigned" && text === author.name ? "taken_over" : (event ?? "");
}
