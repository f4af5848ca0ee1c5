import type { Panel } from "../shell/panel.ts";
import { type Card, createCard } from "./card.ts";

// One for each login: whoever signs in next finds nothing of it.
const written = new WeakMap<Panel, Map<string, Card>>();

/** The card of a customer; what was typed in it and not saved is still there. */
export function cardOf(panel: Panel, customer: string): Card {
  const cards = written.get(panel) ?? new Map<string, Card>();
  written.set(panel, cards);
  const known = cards.get(customer);
  if (known?.unsaved.peek()) return known;
  const made = createCard(panel.call, customer, () => void panel.chat.peek()?.read());
  for (const [id, card] of cards) if (!card.unsaved.peek()) cards.delete(id);
  cards.set(customer, made);
  return made;
}
