import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { PresenceDot } from "../ui/presence-dot.tsx";
import { usePanel } from "./context.ts";
import css from "./me-menu.module.css";
import type { Chosen } from "./presence.ts";

const STATES: readonly Chosen[] = ["online", "busy", "away"];

/** Whether one is at work: radio buttons to the keyboard and to a screen reader. */
export function OwnState() {
  const { presence } = usePanel();
  const failed = useSignal(false);
  return (
    <fieldset class={css.states}>
      <legend>{t("panel.presence.title")}</legend>
      {STATES.map((state) => (
        <label key={state}>
          <input
            type="radio"
            name="presence"
            checked={presence.state.value === state}
            onChange={async () => {
              failed.value = !(await presence.choose(state));
            }}
          />
          <PresenceDot state={state} words />
        </label>
      ))}
      <p role="alert">{failed.value && t("panel.presence.failed")}</p>
    </fieldset>
  );
}
