import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { today } from "../../shell/seconds.ts";
import { Blank } from "../../ui/blank.tsx";
import controls from "../../ui/controls.module.css";
import { problem } from "../../ui/problem.ts";
import { capital, dayName } from "../../ui/when.ts";
import { Shapes } from "../shell/state.tsx";
import css from "./log.module.css";
import type { Pages } from "./pages.ts";

interface Props<E> {
  pages: Pages<E>;
  empty: string;
  children: (entry: E) => ComponentChildren;
}

/** Entries under the days on which they happened, with the way to older ones below. */
export function Log<E extends { id: string; at: string }>({ pages, empty, children }: Props<E>) {
  useEffect(() => {
    void pages.begin();
  }, [pages]);
  const entries = pages.entries.value;
  const failed = pages.failed.value;
  if (entries === null) {
    return failed === null ? (
      <Shapes />
    ) : (
      <Blank icon="circle-alert" title={t("panel.settings.failed")}>
        {problem(failed)}
        <button class={controls.button} type="button" onClick={() => void pages.begin()}>
          {t("common.try_again")}
        </button>
      </Blank>
    );
  }
  if (entries.length === 0) return <Blank icon="clock" title={empty} />;
  return (
    <>
      {byDay(entries).map(({ day, entries: some }) => (
        <section key={day}>
          <h3 class={css.day}>{day}</h3>
          <ol>
            {some.map((entry) => (
              <li key={entry.id} class={css.entry}>
                {children(entry)}
              </li>
            ))}
          </ol>
        </section>
      ))}
      <div class={css.more}>
        {failed !== null && <p role="alert">{problem(failed)}</p>}
        {pages.older.value && (
          <button
            class={controls.button}
            type="button"
            disabled={pages.busy.value}
            onClick={() => void pages.more()}
          >
            {t(pages.busy.value ? "panel.loading" : "panel.settings.older")}
          </button>
        )}
      </div>
    </>
  );
}

function byDay<E extends { at: string }>(entries: readonly E[]): { day: string; entries: E[] }[] {
  const days: { day: string; entries: E[] }[] = [];
  for (const entry of entries) {
    const day = capital(dayName(entry.at, today()));
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
