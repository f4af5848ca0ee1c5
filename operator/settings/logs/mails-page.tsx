import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { clockTime, exactTime } from "../../../browser/ui/times.ts";
import { Tag } from "../../ui/tag.tsx";
import type { MailEntry } from "../shapes.ts";
import { Lead, Page } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import css from "./log.module.css";
import { Log } from "./log.tsx";
import { createPages, type Pages } from "./pages.ts";

/** What left by e-mail, what didn't, and why. */
export function MailsPage() {
  const { call } = useStore();
  const ready = useSignal(true);
  const pages = useRef<Pages<MailEntry> | null>(null);
  pages.current ??= createPages(async (after) => {
    const answer = await call("mails.list", { after });
    if (refused(answer)) return answer;
    ready.value = answer.ready;
    return { entries: answer.mails, next: answer.next };
  });
  return (
    <Page title={t("panel.settings.mails.title")}>
      <Lead sub={t("panel.settings.mails.sub")}>
        {t(ready.value ? "panel.settings.mails.lead" : "panel.settings.mails.lead_off")}
      </Lead>
      <Log pages={pages.current} empty={t("panel.settings.mails.none")}>
        {(entry) => <Entry mail={entry} />}
      </Log>
    </Page>
  );
}

const TONES: Record<string, "ok" | "warn" | "bad"> = { queued: "warn", sent: "ok", failed: "bad" };

function Entry({ mail }: { mail: MailEntry }) {
  return (
    <>
      <time dateTime={mail.at} title={exactTime(mail.at)}>
        {clockTime(mail.at)}
      </time>
      <span class={css.sentence}>
        {t(`panel.settings.mails.kind.${mail.kind}` as Key)} · <b>{mail.to}</b>
      </span>
      <span class={css.aside}>
        <Tag tone={TONES[mail.state]}>
          {t(`panel.settings.mails.state.${mail.state}` as Key)}
          {mail.tries > 1 && ` · ${t("panel.settings.mails.tries", { count: mail.tries })}`}
        </Tag>
      </span>
      {mail.error !== null && <p class={css.error}>{mail.error}</p>}
    </>
  );
}
