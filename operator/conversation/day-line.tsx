import { t } from "../../browser/i18n.ts";
import { today } from "../shell/seconds.ts";
import { capital, dayName, isToday } from "../ui/when.ts";
import css from "./thread.module.css";

export function DayLine({ at }: { at: string }) {
  const now = today();
  const day = dayName(at, now);
  return <p class={css.day}>{isToday(at, now) ? t("panel.talk.today", { day }) : capital(day)}</p>;
}
