import { type ReadonlySignal, signal } from "@preact/signals";
import type { Colleagues as Answer, ColleagueState } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import type { Call } from "./call.ts";

/** Everybody who answers here, and the teams: whom a chat can be handed to. */
export interface Colleagues {
  readonly all: ReadonlySignal<Answer>;
  reload(): Promise<void>;
  /** Somebody came, left, or said something else about themselves. */
  heard(news: readonly ColleagueState[]): void;
}

export function createColleagues(call: Call): Colleagues {
  const all = signal<Answer>({ people: [], teams: [] });
  return {
    all,
    async reload() {
      const answer = await call("colleagues.list", {});
      if (!refused(answer)) all.value = answer;
    },
    heard(news) {
      const states = new Map(news.map(({ operator, state }) => [operator, state]));
      const { people, teams } = all.peek();
      all.value = {
        people: people.map((each) => ({ ...each, state: states.get(each.id) ?? each.state })),
        teams,
      };
    },
  };
}
