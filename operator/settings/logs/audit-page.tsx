import { useRef } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { clockTime, exactTime } from "../../../browser/ui/times.ts";
import type { AuditEntry } from "../shapes.ts";
import { Lead, Page } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import { ACTIONS, partWord, valueWord } from "./actions.ts";
import css from "./log.module.css";
import { Log } from "./log.tsx";
import { createPages, type Pages } from "./pages.ts";

/** Who changed what in the administration. */
export function AuditPage() {
  const { call } = useStore();
  const pages = useRef<Pages<AuditEntry> | null>(null);
  pages.current ??= createPages(async (after) => {
    const answer = await call("audit.list", { after });
    return refused(answer) ? answer : { entries: answer.entries, next: answer.next };
  });
  return (
    <Page title={t("panel.settings.audit.title")}>
      <Lead>{t("panel.settings.audit.lead")}</Lead>
      <Log pages={pages.current} empty={t("panel.settings.audit.none")}>
        {(entry) => <Entry entry={entry} />}
      </Log>
    </Page>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { changes } = entry;
  return (
    <>
      <time dateTime={entry.at} title={exactTime(entry.at)}>
        {clockTime(entry.at)}
      </time>
      <span class={css.sentence}>{auditSentence(entry)}</span>
      <span class={css.aside}>{entry.address}</span>
      {changes.length > 0 && (
        <ul class={css.changes}>
          {changes.map(({ field, before, after }) => (
            <li key={field}>
              {partWord(field)}: {before !== null && <del>{valueWord(field, before)}</del>}
              {before !== null && after !== null && " → "}
              {after !== null ? (
                <ins>{valueWord(field, after)}</ins>
              ) : (
                before !== null && <> → {t("panel.settings.audit.nothing")}</>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Who did what to whom; an action that is new here is called by its own name. */
export function auditSentence({
  who,
  action,
  subject,
}: Pick<AuditEntry, "who" | "action" | "subject">) {
  const known = ACTIONS.find((each) => each === action);
  const deed =
    known === undefined
      ? `${action}${subject === null ? "" : `: ${subject}`}`
      : t(`panel.settings.audit.did.${known}` as Key, { subject: subject ?? "" });
  return t("panel.settings.audit.sentence", { who: who ?? t("panel.event.system"), deed });
}
