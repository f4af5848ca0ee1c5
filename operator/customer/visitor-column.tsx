import { useEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { OperatorConversation, VisitorCard } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { seconds } from "../shell/seconds.ts";
import { Avatar } from "../ui/avatar.tsx";
import controls from "../ui/controls.module.css";
import { CopyButton } from "../ui/copy-button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { visitorName } from "../ui/visitor-name.ts";
import { sentenceTime } from "../ui/when.ts";
import { asideOpen } from "./aside-open.ts";
import { browserName } from "./browser-name.ts";
import { languageName } from "./language-name.ts";
import { lastSeen } from "./last-seen.ts";
import { Pages } from "./pages.tsx";
import css from "./visitor-column.module.css";

/** Who the visitor is and where they come from: beside the conversation, or sliding over it. */
export function VisitorColumn() {
  const chat = usePanel().chat.value;
  const visitor = chat?.visitor.value ?? null;
  const conversation = chat?.conversation.value ?? null;
  const open = asideOpen.value;
  const close = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    // Where the column stands beside the conversation, its button is not drawn and takes no focus.
    if (open) close.current?.focus();
  }, [open]);

  if (visitor === null || conversation === null) return null;
  return (
    <aside class={cx(css.column, open && css.over)} aria-label={t("panel.card.title")}>
      <header class={css.head}>
        <button
          ref={close}
          class={cx(controls.button, controls.plain, controls.square)}
          type="button"
          aria-label={t("panel.card.close")}
          title={t("panel.card.close")}
          onClick={() => {
            asideOpen.value = false;
          }}
        >
          <Icon name="x" size="large" />
        </button>
      </header>
      <div class={css.scroll}>
        <div class={css.top}>
          <Avatar name={visitor.name} size="large" />
          <h2>{visitorName(visitor)}</h2>
        </div>
        <section class={css.section}>
          <h3>{t("panel.card.about")}</h3>
          <Facts visitor={visitor} conversation={conversation} />
        </section>
        <Pages visitor={visitor} />
      </div>
    </aside>
  );
}

function Facts(props: { visitor: VisitorCard; conversation: OperatorConversation }) {
  const { email, ip, user_agent, language } = props.visitor;
  const seen = lastSeen(props.visitor, props.conversation);
  const browser = user_agent === null ? null : browserName(user_agent);
  return (
    <dl class={css.facts}>
      <dt>{t("panel.card.email")}</dt>
      <dd class={css.email}>
        {email === null ? (
          <Unknown />
        ) : (
          <>
            <a class={controls.cut} href={`mailto:${email}`} title={email}>
              {email}
            </a>
            <CopyButton text={email} label={t("panel.card.copy_email")} />
          </>
        )}
      </dd>
      <dt>{t("panel.card.language")}</dt>
      <dd>{language ? languageName(language) : <Unknown />}</dd>
      <dt>{t("panel.card.ip")}</dt>
      <dd>{ip ?? <Unknown />}</dd>
      <dt>{t("panel.card.browser")}</dt>
      <dd title={user_agent ?? undefined}>{browser ?? <Unknown />}</dd>
      <dt>{t("panel.card.site")}</dt>
      <dd>{props.conversation.site.name}</dd>
      <dt>{t("panel.card.last_seen")}</dt>
      <dd title={exactTime(seen)}>{sentenceTime(seen, seconds.peek())}</dd>
    </dl>
  );
}

function Unknown() {
  return <span class={css.unknown}>{t("panel.card.unknown")}</span>;
}
