import { expect, test, vi } from "vitest";
import type { CustomerCard } from "../../browser/protocol.ts";
import { refusal } from "../../browser/refusal.ts";
import type { Call } from "../shell/call.ts";
import { createCard } from "./card.ts";

const ANU: CustomerCard = {
  id: "anu",
  name: "Anu Saar",
  email: null,
  phone: null,
  company: null,
  note: "",
  fields: { Size: "L" },
  created_at: "2026-11-19T12:00:00.000Z",
  visitors: [],
  merges: [],
};

function cardOver(answer: (command: string, input: unknown) => object) {
  const call = vi.fn(async (command: string, input: unknown) => answer(command, input));
  const changed = vi.fn();
  return { card: createCard(call as unknown as Call, "anu", changed), call, changed };
}

test("only what was written goes out, a number without its gaps", async () => {
  const { card, call, changed } = cardOver(() => ANU);
  await card.read();
  card.editor.set({ phone: "+372 5555-0147", fields: [{ name: "Size", value: "M" }] });
  await card.editor.save();
  expect(call).toHaveBeenLastCalledWith("customer.save", {
    customer: "anu",
    phone: "+37255550147",
    fields: { Size: "M" },
  });
  expect(changed).toHaveBeenCalledOnce();
});

test("what is being written stays when a colleague changes the rest", async () => {
  let stands = ANU;
  const { card } = cardOver(() => stands);
  await card.read();
  card.editor.set({ note: "Pays on time" });
  stands = { ...ANU, company: "Lõng OÜ" };
  await card.read();
  expect(card.editor.draft.value).toMatchObject({ note: "Pays on time", company: "Lõng OÜ" });
  expect(card.unsaved.value).toBe(true);
});

test("a refused deed says why and changes nothing", async () => {
  const { card, changed } = cardOver((command) =>
    command === "customer.merge" ? refusal("not_found") : ANU,
  );
  await card.read();
  await card.merge("jaan");
  expect(card.problem.value).toBe("not_found");
  expect(changed).not.toHaveBeenCalled();
});

test("a card is not found as another one of itself", async () => {
  const found = [ANU, { ...ANU, id: "jaan" }];
  const { card } = cardOver(() => ({ customers: found }));
  expect((await card.find("a")).map(({ id }) => id)).toEqual(["jaan"]);
});
