import type { Hit } from "../../browser/protocol.ts";
import type { Command } from "../shell/commands.ts";

export type Choice =
  | ({ kind: "command"; id: string } & Command)
  | { kind: "person"; id: string; name: string; photo: string | null; run(): void }
  | {
      kind: "chat";
      id: string;
      name: string;
      hit: Hit;
      /** What was written last, and when. */
      last: string;
      at: string;
      run(): void;
    };

/** Every word that was typed begins a word of the name; accents don't matter. */
export function fits(name: string, typed: string): boolean {
  const words = plain(name).split(/[\s:,·-]+/);
  return plain(typed)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

function plain(text: string): string {
  return text.trim().toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}
