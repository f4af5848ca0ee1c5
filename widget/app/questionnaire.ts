import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Store } from "../../browser/store.ts";
import type { Chat } from "./chat.ts";
import {
  type Answers,
  type Asked,
  asked,
  type Fault,
  type Faults,
  faultsOf,
  given,
} from "./form.ts";
import type { HostPage } from "./host-page.ts";
import { answering, site } from "./site.ts";
import type { Writing } from "./writing.ts";

/** What is asked before a chat, and what was answered so far; it survives a reload. */
export interface Questionnaire {
  readonly fields: ReadonlySignal<readonly Asked[]>;
  readonly answers: ReadonlySignal<Answers>;
  readonly faults: ReadonlySignal<Faults>;
  /** Another number each time that something must be mended. */
  readonly tried: ReadonlySignal<number>;
  answer(id: string, answer: string): void;
  /** Somebody is at this field: its fault is not held against them any more. */
  mend(id: string): void;
  /** Whether all is in order, with this first message. */
  check(message: string): boolean;
  given(): Answers;
  close(): void;
}

const ANSWERS = "form";
/** The page calls the first message so. */
const MESSAGE = "message";

interface Options {
  store: Store;
  page: HostPage;
  writing: Writing;
  chat: Pick<Chat, "returned">;
}

export function createQuestionnaire({ chat, page, store, writing }: Options): Questionnaire {
  const typed = signal<Answers>(restore(store.get(ANSWERS)));
  const answers = computed(() => ({ ...page.answers.value, ...typed.value }));
  const fields = computed(() => asked(site.value.fields, answers.value, answering.value.state));
  const faults = signal<Faults>({});
  const tried = signal(0);

  const unfill = effect(() => {
    const message = page.answers.value[MESSAGE];
    untracked(() => {
      if (message && !writing.text.peek()) writing.write(message);
    });
  });

  const unwatch = effect(() => {
    const back = chat.returned.value;
    if (!back) return;
    untracked(() => {
      writing.write([writing.text.peek(), back.text].filter(Boolean).join("\n"));
      fail({ [back.field]: "invalid" satisfies Fault });
    });
  });

  function mend(id: string): void {
    const { [id]: _, ...others } = faults.peek();
    faults.value = others;
  }

  function fail(next: Faults): void {
    faults.value = next;
    tried.value++;
  }

  return {
    fields,
    answers,
    faults,
    tried,
    mend,
    answer(id, answer) {
      typed.value = { ...typed.peek(), [id]: answer };
      store.set(ANSWERS, JSON.stringify(typed.peek()));
      mend(id);
    },
    check(message) {
      const found = faultsOf(fields.peek(), answers.peek(), site.peek().country);
      const empty: Faults = message.trim() ? {} : { "": "empty" };
      const all = { ...found, ...empty };
      if (Object.keys(all).length > 0) fail(all);
      return Object.keys(all).length === 0;
    },
    given: () => given(fields.peek(), answers.peek()),
    close() {
      unfill();
      unwatch();
    },
  };
}

function restore(kept: string | null): Answers {
  try {
    return JSON.parse(kept ?? "{}");
  } catch {
    return {};
  }
}
