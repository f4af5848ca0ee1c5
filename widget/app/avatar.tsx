import type { Person } from "../../browser/protocol.ts";
import { initials } from "../../browser/ui/initials.ts";
import css from "./avatar.module.css";

/** Beside a name, so it says nothing itself. */
export function Avatar({ person }: { person: Person }) {
  return (
    <span class={css.avatar} aria-hidden="true">
      {person.photo ? <img src={person.photo} alt="" /> : initials(person.name ?? "?")}
    </span>
  );
}
