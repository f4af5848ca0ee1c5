import { t } from "../../browser/i18n.ts";
import type { Draft } from "../../browser/outbox.ts";
import { Linked } from "../../browser/ui/linked.tsx";
import { clockTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { problem, quotable } from "../ui/problem.ts";
import css from "./bubble.module.css";
import note from "./note.module.css";
import { NoteBody } from "./note.tsx";
import { QuoteBody } from "./quote.tsx";

/** What was sent and is not confirmed yet: it stands in the thread at once. */
export function Echo({ draft, last }: { draft: Draft; last: boolean }) {
  const { connection } = usePanel();
  const failed = draft.state === "failed";
  const waits = draft.state === "waiting" && connection.value !== "online";
  const stuck = !failed && !waits && draft.code?.startsWith("internal");
  const foot = failed ? null : <Foot draft={draft} waits={waits} />;
  return (
    <>
      {draft.kind === "note" ? (
        <div class={note.note}>
          <NoteBody name={t("common.you")} text={draft.text} foot={<span>{foot}</span>} />
        </div>
      ) : (
        <div class={cx(css.message, css.us, failed && css.failed)}>
          <div class={css.bubble}>
            {draft.quote !== null && <QuoteBody quote={draft.quote} />}
            <bdi>
              <Linked text={draft.text} />
            </bdi>
            <span class={css.foot}>{foot}</span>
          </div>
        </div>
      )}
      {failed && <Failed draft={draft} />}
      {waits && last && <p class={css.under}>{t("common.goes_out")}</p>}
      {stuck && (
        <p class={css.under} role="alert">
          {t("panel.talk.stuck", { number: quotable(draft.code) })}
        </p>
      )}
    </>
  );
}

function Foot({ draft, waits }: { draft: Draft; waits: boolean }) {
  if (draft.state === "sent") return <>{clockTime(draft.at)}</>;
  return (
    <>
      <Icon name={waits ? "wifi-off" : "clock"} />
      <span class={controls.unseen}>{t("common.sending")}</span>
    </>
  );
}

function Failed({ draft }: { draft: Draft }) {
  const { outbox } = usePanel();
  return (
    <p class={cx(css.under, css.bad)} role="alert">
      {t("common.not_sent")} {problem(draft.code)}{" "}
      <button class={controls.link} type="button" onClick={() => outbox.retry(draft.client_id)}>
        {t("common.send_again")}
      </button>
      <button class={controls.link} type="button" onClick={() => outbox.discard(draft.client_id)}>
        {t("common.delete")}
      </button>
    </p>
  );
}
