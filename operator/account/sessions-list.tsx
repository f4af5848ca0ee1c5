import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { SessionRow } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { today } from "../shell/seconds.ts";
import { useOnline } from "../shell/use-online.ts";
import controls from "../ui/controls.module.css";
import { problem } from "../ui/problem.ts";
import { sentenceTime } from "../ui/when.ts";
import css from "./account.module.css";

/** Where one is signed in; any but this one can be ended from here. */
export function SessionsList() {
  const { call } = usePanel();
  const rows = useSignal<SessionRow[]>([]);
  const failed = useSignal<string | null>(null);

  async function read(): Promise<void> {
    const answer = await call("sessions.list", {});
    if (refused(answer)) failed.value = answer.error.code;
    else rows.value = answer.sessions;
  }
  useOnline(() => {
    void read();
    return undefined;
  });

  return (
    <section>
      <h2>{t("panel.account.sessions")}</h2>
      {failed.value !== null && <p role="alert">{problem(failed.value)}</p>}
      <ul class={css.sessions}>
        {rows.value.map((row) => (
          <li key={row.id}>
            <div>
              {[row.browser, row.system].filter(Boolean).join(", ") || t("panel.card.unknown")}
              <small title={exactTime(row.seen_at)}>
                {[row.address, sentenceTime(row.seen_at, today())].filter(Boolean).join(", ")}
              </small>
            </div>
            {row.current ? (
              <span>{t("panel.account.this_here")}</span>
            ) : (
              <button
                class={controls.button}
                type="button"
                onClick={async () => {
                  await call("sessions.end", { session: row.id });
                  await read();
                }}
              >
                {t("panel.me.sign_out")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {rows.value.length > 2 && (
        <button
          class={`${controls.button} ${css.others}`}
          type="button"
          onClick={async () => {
            await call("sessions.end_others", {});
            await read();
          }}
        >
          {t("panel.account.end_others")}
        </button>
      )}
    </section>
  );
}
