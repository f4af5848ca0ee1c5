import { t } from "../../browser/i18n.ts";
import { seconds } from "../shell/seconds.ts";
import { cx } from "./cx.ts";
import { Dial } from "./dial.tsx";
import { isLate, share, type Wait, waited } from "./waited.ts";
import css from "./waiting-clock.module.css";

interface Props {
  wait: Wait;
  /** A red pill of its own; without it, it stands on red already. */
  pill?: boolean;
  big?: boolean;
}

/** How long somebody has waited, running. Screen readers hear *waiting since 14:19* instead. */
export function WaitingClock({ wait, pill, big }: Props) {
  const now = seconds.value;
  const ms = now - Date.parse(wait.waiting_since ?? "");
  return (
    <span class={cx(css.clock, pill && css.pill, big && css.big)} aria-hidden="true">
      <Dial share={share(wait, now)} late={isLate(wait, now)} />
      {words(ms)}
    </span>
  );
}

function words(ms: number): string {
  const time = waited(ms);
  switch (time.unit) {
    case "minutes":
      return time.text;
    case "hours":
      return t("panel.wait.hours", { hours: time.hours, minutes: time.minutes });
    case "days":
      return t("panel.wait.days", { days: time.days });
  }
}
