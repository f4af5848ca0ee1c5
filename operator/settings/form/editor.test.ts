import { expect, test, vi } from "vitest";
import { createEditor, type Outcome } from "./editor.ts";

interface Shop {
  name: string;
  look: { color: string; position: string };
}

const SHOP: Shop = { name: "Shop", look: { color: "#111111", position: "right" } };

function editing(send: (changes: Partial<Shop>) => Promise<Outcome<Shop>>) {
  return createEditor<Shop>({ saved: SHOP, send });
}

test("only what was changed is sent, and then it is saved", async () => {
  const send = vi.fn(async (changes: Partial<Shop>) => ({ saved: { ...SHOP, ...changes } }));
  const editor = editing(send);
  editor.set({ name: "Store" });
  await editor.save();
  expect(send).toHaveBeenCalledWith({ name: "Store" });
  expect(editor.changed.value).toEqual([]);
  expect(editor.justSaved.value).toBe(true);
});

test("what somebody else saved meanwhile is taken, what is typed stays over it", async () => {
  const theirs = { name: "Theirs", look: { color: "#111111", position: "left" } };
  const editor = editing(async () => ({ theirs }));
  editor.set({ look: { color: "#222222", position: "right" } });
  await editor.save();
  expect(editor.theirs.value).toEqual(["name", "look"]);
  expect(editor.draft.value).toEqual({
    name: "Theirs",
    look: { color: "#222222", position: "left" },
  });
  expect(editor.changed.value).toEqual(["look"]);
});

test("what is typed while a save is under way isn't lost", async () => {
  let answer: (outcome: Outcome<Shop>) => void = () => {};
  const editor = editing(() => new Promise((resolve) => (answer = resolve)));
  editor.set({ name: "Store" });
  const saving = editor.save();
  editor.set({ name: "Store 2" });
  answer({ saved: { ...SHOP, name: "Store" } });
  await saving;
  expect(editor.draft.value.name).toBe("Store 2");
  expect(editor.changed.value).toEqual(["name"]);
});

test("dropped changes can be brought back, until the next change", () => {
  const editor = editing(async () => ({ saved: SHOP }));
  editor.set({ name: "Store" });
  editor.drop();
  expect(editor.draft.value.name).toBe("Shop");
  editor.bringBack();
  expect(editor.draft.value.name).toBe("Store");
  editor.drop();
  editor.set({ name: "Other" });
  expect(editor.dropped.value).toBe(false);
});

test("a refusal stays until the refused part is changed", async () => {
  const editor = editing(async () => ({ problem: { code: "invalid", field: "look.color" } }));
  editor.set({ look: { color: "#777777", position: "right" } });
  await editor.save();
  editor.set({ name: "Store" });
  expect(editor.problem.value?.field).toBe("look.color");
  editor.set({ look: { color: "#000000", position: "right" } });
  expect(editor.problem.value).toBeNull();
});
