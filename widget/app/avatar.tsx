import { initials } from "../../browser/ui/initials.ts";
import css from "./avatar.module.css";

interface Props {
  person: { name: string | null; photo: string | null };
  /** There to answer: a green dot. */
  here?: boolean | null;
}

/** Beside a name, so it says nothing itself. */
export function Avatar({ person, here }: Props) {
  return (
    <span class={`${css.avatar} ${here ? css.here : ""}`} aria-hidden="true">
      {person.photo ? (
        <img src={person.photo} alt="" />
      ) : (
        <span>{initials(person.name ?? "?")}</span>
      )}
    </span>
  );
}
