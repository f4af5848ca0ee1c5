import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { language, locale, t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { listed } from "../languages.ts";
import type { HoursSettings, SiteWhen } from "../shapes.ts";
import { useStore } from "../store.ts";
import { dayInWords } from "./exceptions.tsx";
import css from "./hours-part.module.css";

const TYPING = 300;

/** What these hours mean just now, by the server's own reckoning, before they are saved. */
export function HoursNow({ hours }: { hours: HoursSettings }) {
  const { call } = useStore();
  const now = useSignal<SiteWhen | null>(null);
  const spoken = language();
  const asked = JSON.stringify(hours);
  useEffect(() => {
    let over = false;
    const timer = setTimeout(async () => {
      const answer = await call("site.when", { hours: JSON.parse(asked), lang: spoken });
      if (!over && !refused(answer)) now.value = answer;
    }, TYPING);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asked, spoken, call, now]);
  if (hours.always) return <>{t("panel.settings.hours.sub_always")}</>;
  return (
    <span class={css.now} aria-live="polite">
      {now.value !== null && <Sentences when={now.value} zone={hours.zone} />}
    </span>
  );
}

function Sentences({ when, zone }: { when: SiteWhen; zone: string }) {
  return (
    <>
      <span>{nowSentence(when, zone)}</span>
      {!when.open && when.next_open !== null && (
        <span>
          {t("panel.settings.hours.visitor_reads", {
            city: cityOf(zone),
            sentence: t("panel.settings.hours.we_answer", { when: momentIn(when.next_open, zone) }),
          })}
        </span>
      )}
      {when.holidays.length > 0 && (
        <span>
          {t("panel.settings.hours.next_holidays", {
            days: listed(
              when.holidays.slice(0, 3).map(({ day, name }) => `${dayInWords(day)} (${name})`),
            ),
          })}
        </span>
      )}
    </>
  );
}

export function nowSentence(when: SiteWhen, zone: string): string {
  if (when.open) {
    return when.closes === null
      ? t("panel.settings.hours.now_open")
      : t("panel.settings.hours.now_open_until", { when: momentIn(when.closes, zone) });
  }
  if (when.next_open === null) return t("panel.settings.hours.never_opens");
  return when.holiday === null
    ? t("panel.settings.hours.now_closed")
    : t("panel.settings.hours.now_holiday", { holiday: when.holiday });
}

/** Monday 9:00, by the clock of a zone; with the date when it is further away than a week. */
export function momentIn(at: string, zone: string, now = Date.now()): string {
  const far = Date.parse(at) - now > 6 * 86_400_000;
  return new Intl.DateTimeFormat(locale(), {
    timeZone: zone,
    hour: "numeric",
    minute: "2-digit",
    ...(far ? { day: "numeric", month: "long" } : { weekday: "long" }),
  }).format(new Date(at));
}

/** Europe/Tallinn: Tallinn. */
export function cityOf(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}
