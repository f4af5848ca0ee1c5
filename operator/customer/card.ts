import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { CustomerCard, FoundCustomer, OperatorCommands } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import { createEditor, type Editor } from "../settings/form/editor.ts";
import type { Call } from "../shell/call.ts";

/** What of a card is written by hand; nothing is an empty text. */
export interface Told {
  name: string;
  email: string;
  phone: string;
  company: string;
  note: string;
  fields: readonly Field[];
}

export interface Field {
  name: string;
  value: string;
}

type Deed = "customer.merge" | "customer.unmerge" | "customer.split";

/** A customer's card while it is looked at and written in. */
export interface Card {
  readonly state: ReadonlySignal<"loading" | "ready" | "failed">;
  /** Why it didn't load, or why the last deed was refused. */
  readonly problem: ReadonlySignal<string | null>;
  readonly card: ReadonlySignal<CustomerCard | null>;
  readonly editor: Editor<Told>;
  readonly unsaved: ReadonlySignal<boolean>;
  read(): Promise<void>;
  /** Put another card into this one. */
  merge(source: string): Promise<void>;
  /** Take it out again. */
  unmerge(merge: string): Promise<void>;
  /** Give these visitors a card of their own. */
  split(visitors: readonly string[]): Promise<void>;
  /** Other cards by the beginning of a name, by e-mail or phone. */
  find(text: string): Promise<readonly FoundCustomer[]>;
}

const NOTHING: Told = { name: "", email: "", phone: "", company: "", note: "", fields: [] };

/** `changed` is called after a deed: nobody else tells us of our own. */
export function createCard(call: Call, customer: string, changed: () => void): Card {
  const card = signal<CustomerCard | null>(null);
  const problem = signal<string | null>(null);
  const failed = signal(false);

  const editor = createEditor<Told>({
    saved: NOTHING,
    async send(changes) {
      const answer = await call("customer.save", { customer, ...sent(changes) });
      if (refused(answer)) {
        const { code, field = null } = answer.error;
        return { problem: { code, field } };
      }
      card.value = answer;
      changed();
      return { saved: toldBy(answer) };
    },
  });

  function show(next: CustomerCard): void {
    batch(() => {
      card.value = next;
      editor.refresh(toldBy(next));
    });
  }

  async function read(): Promise<void> {
    const answer = await call("customer.open", { customer });
    batch(() => {
      failed.value = refused(answer);
      problem.value = refused(answer) ? answer.error.code : null;
      if (!refused(answer)) show(answer);
    });
  }

  async function run<K extends Deed>(deed: K, input: OperatorCommands[K]["input"]): Promise<void> {
    const answer = await call(deed, input);
    if (refused(answer)) {
      problem.value = answer.error.code;
      return;
    }
    // A split answers with the new card.
    await read();
    changed();
  }

  return {
    state: computed(() => {
      if (card.value !== null) return "ready";
      return failed.value ? "failed" : "loading";
    }),
    problem,
    card,
    editor,
    unsaved: computed(() => editor.changed.value.length > 0),
    read,
    merge: (source) => run("customer.merge", { customer, source }),
    unmerge: (merge) => run("customer.unmerge", { customer, merge }),
    split: (visitors) => run("customer.split", { customer, visitors: [...visitors] }),
    async find(text) {
      const answer = await call("customer.find", { text });
      return refused(answer) ? [] : answer.customers.filter(({ id }) => id !== customer);
    },
  };
}

function toldBy({ name, email, phone, company, note, fields }: CustomerCard): Told {
  return {
    name: name ?? "",
    email: email ?? "",
    phone: phone ?? "",
    company: company ?? "",
    note,
    fields: Object.entries(fields).map(([key, value]) => ({ name: key, value })),
  };
}

function sent({ fields, phone, email, ...rest }: Partial<Told>) {
  return {
    ...rest,
    ...(email !== undefined && { email: email.trim() }),
    // People write a number in groups.
    ...(phone !== undefined && { phone: phone.replace(/[\s()-]/g, "") }),
    ...(fields !== undefined && {
      fields: Object.fromEntries(
        fields.filter(({ name }) => name.trim() !== "").map(({ name, value }) => [name, value]),
      ),
    }),
  };
}
