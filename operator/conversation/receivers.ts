import type { Colleague, Colleagues } from "../../browser/protocol.ts";

export type Receiver =
  | { kind: "team"; id: string; name: string }
  | { kind: "person"; id: string; name: string; photo: string | null; state: Colleague["state"] };

interface Asked {
  text: string;
  me: string;
  /** Who has the chat now. */
  assignee: string | null;
  team: string;
  speaksOfTeams: boolean;
}

const ORDER = ["online", "busy", "away", "offline"];

/** Whom a chat can be handed to: people who are there first, then teams. */
export function receivers({ people, teams }: Colleagues, asked: Asked): Receiver[] {
  const words = asked.text.trim().toLocaleLowerCase();
  const fits = (name: string) => name.toLocaleLowerCase().includes(words);
  const persons = people
    .filter(({ id, name }) => id !== asked.me && id !== asked.assignee && fits(name))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
    .map(({ id, name, photo, state }) => ({ kind: "person" as const, id, name, photo, state }));
  const others = asked.speaksOfTeams
    ? teams.filter(({ id, name }) => (id !== asked.team || asked.assignee !== null) && fits(name))
    : [];
  return [...persons, ...others.map(({ id, name }) => ({ kind: "team" as const, id, name }))];
}
