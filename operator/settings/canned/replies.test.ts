import { expect, test, vi } from "vitest";
import { refusal } from "../../../browser/refusal.ts";
import type { Call } from "../../shell/call.ts";
import type { Canned } from "../shapes.ts";
import { createReplies, draftOf, found } from "./replies.ts";

const REPLY: Canned = {
  id: "1",
  scope: "own",
  team: null,
  shortcut: "tarne",
  text: "Tarne võtab 2–4 tööpäeva.",
  may_edit: true,
  changed_at: "2026-11-19T12:00:00.000Z",
};

function calling(answers: Record<string, object>) {
  return vi.fn(async (command: string) => answers[command] ?? {});
}

test("replies are found by shortcut and by text", () => {
  expect(found([REPLY], "/TAR")).toEqual([REPLY]);
  expect(found([REPLY], "tööpäeva")).toEqual([REPLY]);
  expect(found([REPLY], "arve")).toEqual([]);
});

test("one that was removed can be brought back", async () => {
  const call = calling({ "canned.list": { replies: [] }, "canned.save": { reply: REPLY } });
  const replies = createReplies(call as unknown as Call);
  expect(await replies.remove(REPLY)).toBeNull();
  expect(replies.removed.value).toEqual(REPLY);
  expect(await replies.bringBack()).toBeNull();
  expect(call).toHaveBeenCalledWith("canned.save", draftOf(REPLY));
  expect(replies.removed.value).toBeNull();
});

test("a shortcut that is taken is told at its field", async () => {
  const call = calling({ "canned.save": refusal("shortcut_taken") });
  const replies = createReplies(call as unknown as Call);
  const editor = replies.editor("1", draftOf(REPLY), () => {});
  editor.set({ shortcut: "arve" });
  await editor.save();
  expect(editor.problem.value).toEqual({ code: "shortcut_taken", field: "shortcut" });
  expect([...replies.unsaved.value]).toEqual(["1"]);
});

test("without words nothing is sent", async () => {
  const call = calling({});
  const editor = createReplies(call as unknown as Call).editor("1", draftOf(REPLY), () => {});
  editor.set({ text: "  " });
  await editor.save();
  expect(call).not.toHaveBeenCalled();
  expect(editor.problem.value?.field).toBe("text");
});
