import { now } from "../../browser/clock.ts";
import { t } from "../../browser/i18n.ts";
import css from "./opening.module.css";
import { answering } from "./site.ts";
import { nextAnswer } from "./when.ts";

/** The first words: a greeting, or when somebody will be there to answer. */
export function Opening() {
  const { state, next_open, holiday } = answering.value;
  const opens = state === "closed" ? next_open : null;
  if (state === "online") return <h2 class={css.heading}>{t("widget.greeting")}</h2>;
  return (
    <div class={css.opening}>
      {opens && <Dial at={new Date(opens)} />}
      <div>
        <h2 class={css.heading}>{opens ? nextAnswer(opens, now()) : t("widget.greeting")}</h2>
        <p>
          {holiday && `${t("widget.holiday", { holiday })} `}
          {t(opens ? "widget.closed_hint" : "widget.away_hint")}
        </p>
      </div>
    </div>
  );
}

/** The hour at which we open, and the bell's clapper below. */
function Dial({ at }: { at: Date }) {
  const minutes = 60 * at.getHours() + at.getMinutes();
  return (
    <svg
      class={css.dial}
      viewBox="0 0 100 108"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <circle
        cx="50"
        cy="50"
        r="40"
        pathLength="120"
        stroke-width="5"
        stroke-dasharray="1 9"
        stroke-dashoffset=".5"
      />
      <circle
        cx="50"
        cy="50"
        r="40"
        pathLength="40"
        stroke-width="7"
        stroke-dasharray=".8 9.2"
        stroke-dashoffset=".4"
      />
      <g stroke-linecap="round">
        <path d="M50 50V27" stroke-width="5" transform={`rotate(${minutes / 2} 50 50)`} />
        <path d="M50 50V15" stroke-width="3.4" transform={`rotate(${6 * minutes} 50 50)`} />
      </g>
      <circle cx="50" cy="103" r="4" fill="currentColor" stroke="none" />
    </svg>
  );
}
