import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import type { HoursInterval } from "../shapes.ts";
import { OwnIcon } from "../ui/icon.tsx";
import css from "./hours-part.module.css";
import { asWallTime, nextInterval, overlap, span } from "./wall-time.ts";

interface Props {
  name: string;
  day: readonly HoursInterval[];
  refused: boolean;
  change(day: HoursInterval[]): void;
}

/** The intervals of one day, to type and to see. */
export function DayIntervals({ name, day, refused, change }: Props) {
  const next = nextInterval(day);
  const wrong = overlap(day)
    ? t("panel.settings.hours.overlap")
    : refused
      ? t("panel.settings.hours.no_time")
      : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend can't stand in a grid
    <div class={css.day} role="group" aria-label={name}>
      <span class={css.name}>{name}</span>
      <span class={css.times}>
        {day.length === 0 && <span class={css.closed}>{t("panel.settings.hours.closed")}</span>}
        {day.map((interval, place) => (
          <span key={place} class={css.interval}>
            <Time
              label={t("panel.settings.hours.opens", { day: name })}
              value={interval.opens}
              change={(opens) => change(replaced(day, place, { ...interval, opens }))}
            />
            <span aria-hidden="true">–</span>
            <Time
              label={t("panel.settings.hours.closes", { day: name })}
              value={interval.closes}
              change={(closes) => change(replaced(day, place, { ...interval, closes }))}
            />
            <button
              class={cx(controls.button, controls.plain, controls.square)}
              type="button"
              aria-label={t("panel.settings.remove_named", {
                name: `${name} ${interval.opens}–${interval.closes}`,
              })}
              onClick={() => change(day.filter((_, at) => at !== place))}
            >
              <Icon name="x" />
            </button>
          </span>
        ))}
        {next !== null && (
          <button
            class={cx(controls.button, controls.plain, controls.square)}
            type="button"
            aria-label={t("panel.settings.hours.add", { day: name })}
            title={t("panel.settings.hours.add", { day: name })}
            onClick={() => change([...day, next])}
          >
            <OwnIcon name="plus" />
          </button>
        )}
      </span>
      <Bar day={day} />
      {wrong !== null && (
        <p class={css.problem} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

function replaced(
  day: readonly HoursInterval[],
  place: number,
  interval: HoursInterval,
): HoursInterval[] {
  return day.map((each, at) => (at === place ? interval : each));
}

interface TimeProps {
  label: string;
  value: string;
  change(time: string): void;
}

/** A time of day, typed as one likes; what is none falls back to what stood there. */
function Time({ label, value, change }: TimeProps) {
  const typed = useSignal(value);
  useEffect(() => {
    typed.value = value;
  }, [value, typed]);
  const take = () => {
    const time = asWallTime(typed.value);
    if (time !== null && time !== value) change(time);
    typed.value = time ?? value;
  };
  return (
    <input
      class={cx(controls.field, css.time)}
      aria-label={label}
      inputMode="numeric"
      autocomplete="off"
      maxLength={8}
      value={typed.value}
      aria-invalid={asWallTime(typed.value) === null}
      onInput={({ currentTarget }) => {
        typed.value = currentTarget.value;
      }}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === "Enter") take();
      }}
      onFocus={({ currentTarget }) => currentTarget.select()}
    />
  );
}

const DAY = 24 * 60;

/** The day as a line from midnight to midnight; what lies past it is cut. */
function Bar({ day }: { day: readonly HoursInterval[] }) {
  return (
    <svg class={css.bar} viewBox="0 0 1440 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class={css.track} width="1440" height="10" />
      {day.map((interval) => {
        const { from, to } = span(interval);
        return (
          <rect key={from} class={css.open} x={from} width={Math.min(to, DAY) - from} height="10" />
        );
      })}
    </svg>
  );
}
