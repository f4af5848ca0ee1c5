import { useSignal } from "@preact/signals";
import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { Switch } from "../../ui/switch.tsx";
import { Group, Row } from "../form/row.tsx";
import { Select } from "../form/select.tsx";
import { countryName } from "../languages.ts";
import type { HoursSettings, SiteChoices } from "../shapes.ts";
import { Lead } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import { DayIntervals } from "./day-intervals.tsx";
import { Exceptions } from "./exceptions.tsx";
import { HoursNow } from "./hours-now.tsx";
import css from "./hours-part.module.css";
import type { PartProps } from "./site-page.tsx";
import { weekday, weekInWords } from "./week.ts";

export function HoursPart({ editor }: PartProps) {
  const { sites } = useStore();
  const { hours } = editor.draft.value;
  const refused = editor.problem.value?.field ?? "";
  const change = (part: Partial<HoursSettings>) => editor.set({ hours: { ...hours, ...part } });
  const choices = sites.choices.value();
  return (
    <>
      <Lead sub={<HoursNow hours={hours} />}>{weekInWords(hours)}</Lead>
      <Group label={t("panel.settings.hours.when")}>
        <Switch
          label={t("panel.settings.hours.always")}
          on={hours.always}
          turn={(always) => change({ always, ...(always ? {} : { zone: zoneOf(hours) }) })}
        />
      </Group>
      {!hours.always && (
        <>
          <Week hours={hours} refused={refused} change={change} />
          <Zone hours={hours} choices={choices} change={change} />
          <Holidays hours={hours} choices={choices} change={change} />
          <Exceptions hours={hours} refused={refused} change={change} />
        </>
      )}
    </>
  );
}

/** Whoever turns it on for the first time means their own clock, not that of Greenwich. */
function zoneOf({ zone }: HoursSettings): string {
  return zone === "UTC" ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
}

interface Props {
  hours: HoursSettings;
  change(part: Partial<HoursSettings>): void;
}

function Week({ hours, refused, change }: Props & { refused: string }) {
  const { week } = hours;
  const first = week.findIndex((day) => day.length > 0);
  const copied = week[first] ?? [];
  const differ =
    first === 0 &&
    week
      .slice(1, 5)
      .some((day) => day !== copied && JSON.stringify(day) !== JSON.stringify(copied));
  return (
    <Group label={t("panel.settings.hours.week")} hint={t("panel.settings.hours.night_hint")}>
      <ul class={css.week}>
        {week.map((day, place) => (
          <li key={weekday(place)}>
            <DayIntervals
              name={weekday(place)}
              day={day}
              refused={
                refused.startsWith(`hours.week.${place}.`) || refused === `hours.week.${place}`
              }
              change={(next) =>
                change({ week: week.map((each, at) => (at === place ? next : each)) })
              }
            />
            {place === 0 && differ && (
              <button
                class={`${controls.link} ${css.same}`}
                type="button"
                onClick={() => change({ week: week.map((each, at) => (at < 5 ? copied : each)) })}
              >
                {t("panel.settings.hours.same")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </Group>
  );
}

interface ChoiceProps extends Props {
  choices: SiteChoices | null;
}

function Zone({ hours, choices, change }: ChoiceProps) {
  const zones = new Set([...(choices?.zones ?? []), hours.zone]);
  const now = new Intl.DateTimeFormat(undefined, {
    timeZone: hours.zone,
    hour: "numeric",
    minute: "2-digit",
  }).format(Date.now());
  return (
    <Row
      label={t("panel.settings.hours.zone")}
      hint={t("panel.settings.hours.zone_now", { time: now })}
    >
      {(control) => (
        <Select
          {...control}
          value={hours.zone}
          options={[...zones].map((value) => ({ value, label: value.replaceAll("_", " ") }))}
          choose={(zone) => change({ zone })}
        />
      )}
    </Row>
  );
}

function Holidays({ hours, choices, change }: ChoiceProps) {
  const countries = choices?.countries ?? [];
  const known = countries.find(({ code }) => code === hours.country);
  const named = countries
    .map(({ code }) => ({ value: code, label: countryName(code) }))
    .sort((one, other) => one.label.localeCompare(other.label));
  const wanted = useSignal(hours.holidays);
  const on = hours.holidays || wanted.value;
  return (
    <Group label={t("panel.settings.hours.holidays")}>
      <Switch
        label={t("panel.settings.hours.closed_on_holidays")}
        on={on}
        turn={(next) => {
          wanted.value = next;
          change({ holidays: next && hours.country !== null });
        }}
      />
      {on && (
        <div class={css.where}>
          <Select
            narrow
            label={t("panel.settings.hours.country")}
            value={hours.country ?? ""}
            options={[
              ...(hours.country === null
                ? [{ value: "", label: t("panel.settings.hours.choose_country") }]
                : []),
              ...named,
            ]}
            choose={(country) => {
              if (country !== "") change({ country, subdivision: null, holidays: true });
            }}
          />
          {known !== undefined && known.subdivisions.length > 0 && (
            <Select
              narrow
              label={t("panel.settings.hours.subdivision")}
              value={hours.subdivision ?? ""}
              options={[
                { value: "", label: t("panel.settings.hours.whole_country") },
                ...known.subdivisions.map((value) => ({ value, label: value })),
              ]}
              choose={(part) => change({ subdivision: part === "" ? null : part })}
            />
          )}
        </div>
      )}
    </Group>
  );
}
