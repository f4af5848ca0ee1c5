import { expect, test } from "vitest";
import type { OpenedConversation } from "../../browser/protocol.ts";
import { message } from "../testing/samples.ts";
import { createKeptChats } from "./kept-chats.ts";

const chat = (id: string) => ({ id }) as OpenedConversation;

test("a thousand chats leave a handful, the last ones", () => {
  const kept = createKeptChats();
  for (let number = 0; number < 1000; number += 1) kept.keep(chat(`c${number}`));
  const there = Array.from({ length: 1000 }, (_, number) => kept.take(`c${number}`)).filter(
    Boolean,
  );
  expect(there).toHaveLength(24);
  expect(kept.take("c999")).toEqual(chat("c999"));
});

test("a chat in which something was deleted is kept no more", () => {
  const kept = createKeptChats();
  kept.keep(chat("c1"));
  kept.heard("c1", [message()]);
  expect(kept.take("c1")).not.toBeNull();
  kept.heard("c1", [message({ deleted: true, text: null })]);
  expect(kept.take("c1")).toBeNull();
});
