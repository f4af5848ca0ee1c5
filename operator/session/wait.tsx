import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { Icon } from "../ui/icon.tsx";
import css from "./login-page.module.css";

/** Counts down to the moment from which the server listens again. */
export function Wait({ until, over }: { until: number; over: () => void }) {
  const left = useSignal(secondsTo(until));
  // A screen reader hears once how long it takes, not every second.
  const first = useRef(left.value).current;
  useEffect(() => {
    const timer = setInterval(() => {
      left.value = secondsTo(until);
      if (left.value === 0) over();
    }, 250);
    return () => clearInterval(timer);
  }, [until, over, left]);
  return (
    <p class={css.problem}>
      <Icon name="clock" />
      <span class={controls.unseen}>{t("panel.login.too_often", { time: minutes(first) })}</span>
      <span aria-hidden="true">{t("panel.login.too_often", { time: minutes(left.value) })}</span>
    </p>
  );
}

function secondsTo(until: number): number {
  return Math.max(0, Math.ceil((until - Date.now()) / 1000));
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
