import { useSignal } from "@preact/signals";
import { locale, t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { Group } from "../form/row.tsx";
import type { HoursSettings } from "../shapes.ts";
import { OwnIcon } from "../ui/icon.tsx";
import { DayIntervals } from "./day-intervals.tsx";
import css from "./hours-part.module.css";

interface Props {
  hours: HoursSettings;
  refused: string;
  change(part: Partial<HoursSettings>): void;
}

/** Days that are not like their weekday. They go before public holidays. */
export function Exceptions({ hours, refused, change }: Props) {
  const { exceptions } = hours;
  const typed = useSignal("");
  const twice = exceptions.some(({ day }) => day === typed.value);

  function add(): void {
    if (typed.value === "" || twice) return;
    const next = [...exceptions, { day: typed.value, intervals: [] }];
    change({ exceptions: next.sort((one, other) => one.day.localeCompare(other.day)) });
    typed.value = "";
  }

  return (
    <Group
      label={t("panel.settings.hours.exceptions")}
      hint={t("panel.settings.hours.exceptions_hint")}
    >
      <ul class={css.week}>
        {exceptions.map(({ day, intervals }, place) => (
          <li key={day} class={css.exception}>
            <DayIntervals
              name={dayInWords(day)}
              day={intervals}
              refused={refused.startsWith(`hours.exceptions.${place}.`)}
              change={(next) =>
                change({
                  exceptions: exceptions.map((each) =>
                    each.day === day ? { day, intervals: next } : each,
                  ),
                })
              }
            />
            <button
              class={cx(controls.button, controls.plain, controls.square)}
              type="button"
              aria-label={t("panel.settings.remove_named", { name: dayInWords(day) })}
              onClick={() => change({ exceptions: exceptions.filter((each) => each.day !== day) })}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
      <form
        class={css.add}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          class={controls.field}
          type="date"
          aria-label={t("panel.settings.hours.exception_day")}
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
        />
        <button class={controls.button} type="submit" disabled={typed.value === "" || twice}>
          <OwnIcon name="plus" />
          {t("panel.settings.hours.add_exception")}
        </button>
      </form>
    </Group>
  );
}

/** 24 December 2026, Thursday; the day stands alone, without a zone. */
export function dayInWords(day: string): string {
  return new Intl.DateTimeFormat(locale(), {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}
