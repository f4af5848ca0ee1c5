import { beforeEach, expect, test } from "vitest";
import { createStore } from "../../browser/store.ts";
import { createDrafts } from "./drafts.ts";

beforeEach(() => localStorage.clear());

const drafts = () => createDrafts(createStore("test."));

test("what was being written is there after a reload", () => {
  drafts().write("c1", { reply: "half a sen" });
  expect(drafts().of("c1").reply).toBe("half a sen");
});

test("a note never becomes a reply", () => {
  const kept = drafts();
  kept.write("c1", { mode: "note", note: "between us" });
  kept.write("c1", { mode: "reply" });
  expect(kept.of("c1")).toMatchObject({ reply: "", note: "between us" });
});

test("each chat has its own, and an empty one leaves nothing behind", () => {
  const kept = drafts();
  kept.write("c1", { reply: "one" });
  kept.write("c2", { reply: "two" });
  kept.write("c1", { reply: "" });
  expect(kept.of("c1").reply).toBe("");
  expect([...kept.all.value.keys()]).toEqual(["c2"]);
  expect(localStorage).toHaveLength(1);
});

test("what another version has kept and we can't read is no error", () => {
  localStorage.setItem("test.writing.c1", "{broken");
  expect(drafts().of("c1").reply).toBe("");
});

test("a quote of a deleted message keeps no words, in no place", () => {
  const kept = drafts();
  const author = { kind: "visitor", id: "v1", name: null, photo: null } as const;
  kept.write("c1", { quote: { id: "m1", seq: 1, author, text: "a secret", deleted: false } });
  kept.unquote("m1");
  expect(kept.of("c1").quote).toMatchObject({ id: "m1", text: null, deleted: true });
  expect(JSON.stringify({ ...localStorage })).not.toContain("a secret");
});
