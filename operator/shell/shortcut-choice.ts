import { signal } from "@preact/signals";
import { createStore } from "../../browser/store.ts";

const store = createStore("kell.panel.");

/** Single letters can be switched off: who dictates, or hits keys by accident, needs that. */
export const lettersOn = signal(store.get("letters") !== "off");

export function switchLetters(on: boolean): void {
  store.set("letters", on ? null : "off");
  lettersOn.value = on;
}
