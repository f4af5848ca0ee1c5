import { t } from "../../browser/i18n.ts";
import type { Colleague } from "../../browser/protocol.ts";
import controls from "./controls.module.css";
import { cx } from "./cx.ts";
import css from "./presence-dot.module.css";

/** Whether a colleague is there: never by colour alone. */
export function PresenceDot({ state, words }: { state: Colleague["state"]; words?: boolean }) {
  const said = t(`panel.presence.${state}`);
  return (
    <span class={css.presence} title={said}>
      <i class={cx(css.dot, css[state])} />
      <span class={cx(!words && controls.unseen)}>{said}</span>
    </span>
  );
}
