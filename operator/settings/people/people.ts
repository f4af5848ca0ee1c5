import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Refusal, refused } from "../../../browser/refusal.ts";
import type { Call } from "../../shell/call.ts";
import { createEditor, type Editor, type Outcome } from "../form/editor.ts";
import { createLoaded, type Loaded } from "../loaded.ts";
import type { PeopleList, PersonRow } from "../shapes.ts";

/** What can be changed about somebody. */
export interface PersonDraft {
  name: string;
  role: PersonRow["role"];
  teams: string[];
  hours: PersonRow["hours"];
}

export type PersonDeed =
  | "people.invite_again"
  | "people.disable"
  | "people.enable"
  | "people.sign_out";

export interface People {
  readonly list: Loaded<PeopleList>;
  editor(person: PersonRow): Editor<PersonDraft>;
  /** Null when it went well. */
  do(deed: PersonDeed, operator: string): Promise<Refusal | null>;
  readonly unsaved: ReadonlySignal<ReadonlySet<string>>;
}

export function createPeople(call: Call): People {
  const loaded = createLoaded<PeopleList>(async () => {
    const [all, colleagues] = await Promise.all([
      call("people.list", {}),
      call("colleagues.list", {}),
    ]);
    if (refused(all)) return all;
    return refused(colleagues) ? colleagues : { people: all.people, teams: colleagues.teams };
  });
  const list: Loaded<PeopleList> = { ...loaded, read };
  const editors = signal<ReadonlyMap<string, Editor<PersonDraft>>>(new Map());

  /** What others have saved meanwhile comes under what is typed here. */
  async function read(): Promise<void> {
    await loaded.read();
    for (const person of loaded.value()?.people ?? []) {
      editors.peek().get(person.id)?.refresh(draftOf(person));
    }
  }

  function put(person: PersonRow): void {
    const now = list.value();
    if (now === null) return;
    const people = now.people.map((each) => (each.id === person.id ? person : each));
    list.put({ ...now, people });
  }

  async function send(
    person: PersonRow,
    changes: Partial<PersonDraft>,
  ): Promise<Outcome<PersonDraft>> {
    const now = list.value()?.people.find(({ id }) => id === person.id) ?? person;
    const answer = await call("people.save", {
      operator: person.id,
      ...draftOf(now),
      ...changes,
    });
    if (refused(answer)) {
      return { problem: { code: answer.error.code, field: answer.error.field ?? null } };
    }
    put(answer.person);
    return { saved: draftOf(answer.person) };
  }

  return {
    list,
    editor(person) {
      const known = editors.peek().get(person.id);
      if (known !== undefined) return known;
      const made = createEditor({
        saved: draftOf(person),
        send: (changes) => send(person, changes),
      });
      editors.value = new Map(editors.peek()).set(person.id, made);
      return made;
    },
    async do(deed, operator) {
      const answer = await call(deed, { operator });
      if (refused(answer)) return answer;
      put(answer.person);
      return null;
    },
    unsaved: computed(() => {
      const changed = [...editors.value].filter(([, { changed }]) => changed.value.length > 0);
      return new Set(changed.map(([id]) => id));
    }),
  };
}

export function draftOf({ name, role, teams, hours }: PersonRow): PersonDraft {
  return { name, role, teams, hours };
}

/** Somebody who can still let others in: an admin who is not disabled and has come. */
export function isLastAdmin(person: PersonRow, people: readonly PersonRow[]): boolean {
  const admins = people.filter(
    ({ role, disabled_at, invited }) => role === "admin" && disabled_at === null && !invited,
  );
  return admins.length === 1 && admins[0]?.id === person.id;
}
