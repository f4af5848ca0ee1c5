import { signal } from "@preact/signals";
import { createStore } from "../../browser/store.ts";

const store = createStore("kell.panel.");

/** Single letters can be switched off: who dictates, or hits keys by accident, needs that. */
export const lettersOn = signal(store.get("letters") !== "off");

export function switchLetters(on: boolean): void {
  store.set("letters", on ? null : "off");
  lettersOn.value = on;
}

/** Who writes long answers may want Enter for a new line: then Ctrl+Enter sends. */
export const enterSends = signal(store.get("enter") !== "line");

export function switchEnter(sends: boolean): void {
  store.set("enter", sends ? null : "line");
  enterSends.value = sends;
}
