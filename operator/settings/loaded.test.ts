import { expect, test } from "vitest";
import { refusal } from "../../browser/refusal.ts";
import { createLoaded } from "./loaded.ts";

test("a failure is told, and trying again begins anew", async () => {
  const answers: object[] = [refusal("offline"), { rows: 1 }];
  const loaded = createLoaded(async () => answers.shift() ?? {});
  await loaded.read();
  expect(loaded.state.value).toEqual({ is: "failed", code: "offline" });
  const again = loaded.read();
  expect(loaded.state.value.is).toBe("loading");
  await again;
  expect(loaded.value()).toEqual({ rows: 1 });
});

test("what is here stays when reading it again fails", async () => {
  const answers: object[] = [{ rows: 1 }, refusal("timeout")];
  const loaded = createLoaded(async () => answers.shift() ?? {});
  await loaded.read();
  await loaded.read();
  expect(loaded.value()).toEqual({ rows: 1 });
});

test("an answer that was overtaken is not taken", async () => {
  let answer: (value: object) => void = () => {};
  const loaded = createLoaded<object>(() => new Promise((resolve) => (answer = resolve)));
  const reading = loaded.read();
  loaded.put({ rows: 2 });
  answer({ rows: 1 });
  await reading;
  expect(loaded.value()).toEqual({ rows: 2 });
});
