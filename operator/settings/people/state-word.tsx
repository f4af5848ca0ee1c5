import { t } from "../../../browser/i18n.ts";
import type { Colleague } from "../shapes.ts";
import css from "./state-word.module.css";

/** A dot and the word beside it: never colour alone. */
export function StateWord({ state }: { state: Colleague["state"] }) {
  return (
    <span class={css.state} data-state={state}>
      {t(`panel.settings.people.state.${state}`)}
    </span>
  );
}
