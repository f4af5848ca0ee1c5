import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import type { ConnectionState } from "../../browser/connection.ts";
import type { Panel } from "../shell/panel.ts";
import { patient } from "./patient.ts";

function panel(state: ConnectionState) {
  const connection = signal(state);
  const call = vi.fn(async () => ({}));
  return { connection, call, asks: patient({ connection, call } as unknown as Panel) };
}

test("what is asked for while connecting goes out when connected", async () => {
  const { connection, call, asks } = panel("connecting");
  const answer = asks("people.list", {});
  expect(call).not.toHaveBeenCalled();
  connection.value = "online";
  await answer;
  expect(call).toHaveBeenCalledOnce();
});

test("without a network it is said at once", async () => {
  const { call, asks } = panel("offline");
  await asks("people.list", {});
  expect(call).toHaveBeenCalledOnce();
});
