import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { Switch } from "../../ui/switch.tsx";
import { Group, Row } from "../form/row.tsx";
import { Select } from "../form/select.tsx";
import type { PersonHours } from "../shapes.ts";
import { DayIntervals } from "../sites/day-intervals.tsx";
import hours from "../sites/hours-part.module.css";
import { hoursOf, weekday } from "../sites/week.ts";
import { useStore } from "../store.ts";

interface Props {
  value: PersonHours | null;
  refused: string;
  change(hours: PersonHours | null): void;
}

/** What somebody works who has just been given hours. */
function begun(): PersonHours {
  const day = [{ opens: "09:00", closes: "17:00" }];
  return {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: [day, day, day, day, day, [], []],
  };
}

/** Without hours of their own somebody works whenever they are here. */
export function HoursChoice({ value, refused, change }: Props) {
  return (
    <Group
      label={t("panel.settings.people.hours")}
      hint={
        value === null
          ? t("panel.settings.people.hours_none")
          : t("panel.settings.people.hours_hint", { hours: hoursOf(value.week) })
      }
    >
      <Switch
        label={t("panel.settings.people.own_hours")}
        on={value !== null}
        turn={(on) => change(on ? begun() : null)}
      />
      {value !== null && <Week value={value} refused={refused} change={change} />}
    </Group>
  );
}

function Week({ value, refused, change }: Props & { value: PersonHours }) {
  const { sites } = useStore();
  useEffect(() => {
    void sites.choices.read();
  }, [sites]);
  const zones = new Set([...(sites.choices.value()?.zones ?? []), value.zone]);
  return (
    <>
      <ul class={hours.week}>
        {value.week.map((day, place) => (
          <li key={weekday(place)}>
            <DayIntervals
              name={weekday(place)}
              day={day}
              refused={
                refused === `hours.week.${place}` || refused.startsWith(`hours.week.${place}.`)
              }
              change={(next) =>
                change({
                  ...value,
                  week: value.week.map((each, at) => (at === place ? next : each)),
                })
              }
            />
          </li>
        ))}
      </ul>
      <Row label={t("panel.settings.hours.zone")}>
        {(control) => (
          <Select
            {...control}
            value={value.zone}
            options={[...zones].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
            choose={(zone) => change({ ...value, zone })}
          />
        )}
      </Row>
    </>
  );
}
