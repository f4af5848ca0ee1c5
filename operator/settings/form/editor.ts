import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { differing, merged, same } from "./merge.ts";

export interface Problem {
  code: string;
  /** The part that the server refused, like `look.color`; null when it is none of them. */
  field: string | null;
}

export type Outcome<T> =
  | { saved: T }
  | { problem: Problem }
  /** Somebody else was first: what stands there now. */
  | { theirs: T };

/** What is being edited: typed values over saved ones, until they are saved or dropped. */
export interface Editor<T extends object> {
  readonly saved: ReadonlySignal<T>;
  readonly draft: ReadonlySignal<T>;
  /** The parts that differ from what is saved. */
  readonly changed: ReadonlySignal<readonly (keyof T)[]>;
  readonly busy: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<Problem | null>;
  /** The parts that somebody else has changed meanwhile, until the next save. */
  readonly theirs: ReadonlySignal<readonly (keyof T)[]>;
  /** True from a successful save until the next change. */
  readonly justSaved: ReadonlySignal<boolean>;
  /** There is something that `bringBack` would bring. */
  readonly dropped: ReadonlySignal<boolean>;
  set(part: Partial<T>): void;
  /** Back to what is saved; `bringBack` undoes that. */
  drop(): void;
  bringBack(): void;
  save(): Promise<void>;
  /** What the server says now, read for another reason; typed values stay. */
  refresh(saved: T): void;
}

export interface EditorOptions<T extends object> {
  saved: T;
  send(changes: Partial<T>): Promise<Outcome<T>>;
}

export function createEditor<T extends object>(options: EditorOptions<T>): Editor<T> {
  const saved = signal(options.saved);
  const draft = signal(options.saved);
  const busy = signal(false);
  const problem = signal<Problem | null>(null);
  const theirs = signal<readonly (keyof T)[]>([]);
  const justSaved = signal(false);
  const gone = signal<T | null>(null);
  const changed = computed(() => differing(saved.value, draft.value));

  function refresh(next: T): void {
    batch(() => {
      draft.value = merged(saved.peek(), draft.peek(), next);
      saved.value = next;
    });
  }

  return {
    saved,
    draft,
    changed,
    busy,
    problem,
    theirs,
    justSaved,
    dropped: computed(() => gone.value !== null),
    refresh,
    set(part) {
      batch(() => {
        draft.value = { ...draft.peek(), ...part };
        const refused = problem.peek()?.field?.split(".")[0];
        if (problem.peek() !== null && (refused === undefined || refused in part)) {
          problem.value = null;
        }
        justSaved.value = false;
        gone.value = null;
      });
    },
    drop() {
      batch(() => {
        gone.value = draft.peek();
        draft.value = saved.peek();
        problem.value = null;
        theirs.value = [];
      });
    },
    bringBack() {
      const back = gone.peek();
      if (back === null) return;
      batch(() => {
        draft.value = back;
        gone.value = null;
      });
    },
    async save() {
      const parts = changed.peek();
      if (busy.peek() || parts.length === 0) return;
      const sent = draft.peek();
      busy.value = true;
      const changes = Object.fromEntries(parts.map((part) => [part, sent[part]]));
      const outcome = await options.send(changes as Partial<T>);
      batch(() => {
        busy.value = false;
        problem.value = "problem" in outcome ? outcome.problem : null;
        if ("saved" in outcome) {
          // What was typed while it was under way is not saved yet.
          draft.value = merged(sent, draft.peek(), outcome.saved);
          saved.value = outcome.saved;
          theirs.value = [];
          justSaved.value = same(draft.peek(), outcome.saved);
        } else if ("theirs" in outcome) {
          theirs.value = differing(saved.peek(), outcome.theirs);
          refresh(outcome.theirs);
        }
      });
    },
  };
}
