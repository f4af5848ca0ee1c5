import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Key, t } from "../../browser/i18n.ts";
import type { OperatorConversation, VisitorCard } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { overlay } from "../shell/overlay.ts";
import { seconds, today } from "../shell/seconds.ts";
import { Avatar } from "../ui/avatar.tsx";
import controls from "../ui/controls.module.css";
import { CopyButton } from "../ui/copy-button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { visitorName } from "../ui/visitor-name.ts";
import { listTime, sentenceTime } from "../ui/when.ts";
import { asideOpen } from "./aside-open.ts";
import { EarlierChats } from "./earlier-chats.tsx";
import { languageName } from "./language-name.ts";
import { lastSeen } from "./last-seen.ts";
import { localTime } from "./local-time.ts";
import { Pages } from "./pages.tsx";
import css from "./visitor-column.module.css";

/** Who the visitor is and where they come from: beside the conversation, or sliding over it. */
export function VisitorColumn() {
  const chat = usePanel().chat.value;
  const visitor = chat?.visitor.value ?? null;
  const conversation = chat?.conversation.value ?? null;
  const open = asideOpen.value;
  const close = useRef<HTMLButtonElement>(null);
  const isThere = visitor !== null && conversation !== null;

  useEffect(() => {
    // Where the column stands beside the conversation, its button is not drawn and takes no focus.
    if (open && isThere) close.current?.focus();
  }, [open, isThere]);

  if (visitor === null || conversation === null) {
    return chat?.state.value === "loading" ? <div class={css.column} /> : null;
  }
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
          <div>
            <h2>{visitorName(visitor)}</h2>
            <Known visitor={visitor} />
            {visitor.customer !== null && <CardButton />}
          </div>
        </div>
        <section class={css.section}>
          <h3>{t("panel.card.about")}</h3>
          <Facts visitor={visitor} conversation={conversation} />
        </section>
        <Pages visitor={visitor} />
        {visitor.customer !== null && (
          <EarlierChats key={visitor.customer} customer={visitor.customer} chat={conversation.id} />
        )}
      </div>
    </aside>
  );
}

function CardButton() {
  return (
    <button
      class={cx(controls.link, css.card)}
      type="button"
      onClick={() => {
        overlay.value = "customer";
      }}
    >
      {t("panel.customer.title")}
    </button>
  );
}

function Facts(props: { visitor: VisitorCard; conversation: OperatorConversation }) {
  const { answers, email, phone, time_zone, user_agent, language, here } = props.visitor;
  const { number, site, topic } = props.conversation;
  const seen = lastSeen(props.visitor, props.conversation);
  const browser = [props.visitor.browser, props.visitor.system].filter(Boolean).join(", ");
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
      {phone !== null && (
        <Fact label={t("panel.card.phone")} class={css.email}>
          <a class={controls.cut} href={`tel:${phone}`}>
            {phone}
          </a>
          <CopyButton text={phone} label={t("panel.card.copy_phone")} />
        </Fact>
      )}
      {topic !== null && <Fact label={t("panel.card.topic")}>{topic}</Fact>}
      {answers.map(({ id, label, value }) => (
        <Fact key={id} label={label}>
          {value}
        </Fact>
      ))}
      <Fact label={t("panel.card.number")}>{number}</Fact>
      <Fact label={t("panel.card.language")}>
        {language ? languageName(language) : <Unknown />}
      </Fact>
      {time_zone !== null && (
        <Fact label={t("panel.card.local_time")} title={time_zone}>
          {localTime(seconds.value, time_zone)}
        </Fact>
      )}
      <Fact label={t("panel.card.ip")}>
        <Origin visitor={props.visitor} />
      </Fact>
      <Fact label={t("panel.card.browser")} title={user_agent ?? undefined}>
        {browser || <Unknown />}
      </Fact>
      <Fact label={t("panel.card.site")}>{site.name}</Fact>
      <Fact label={t("panel.card.last_seen")} title={exactTime(seen)}>
        {here ? t("panel.card.now") : sentenceTime(seen, today())}
      </Fact>
      <Fact label={t("panel.card.visits")}>
        <Visits visitor={props.visitor} />
      </Fact>
    </dl>
  );
}

interface FactProps {
  label: string;
  title?: string | undefined;
  class?: string | undefined;
  children: ComponentChildren;
}

function Fact({ label, title, class: name, children }: FactProps) {
  return (
    <>
      <dt>{label}</dt>
      <dd class={name} title={title} dir="auto">
        {children}
      </dd>
    </>
  );
}

/** The address, and the network that it is in. */
function Origin({ visitor: { ip, network, network_private } }: { visitor: VisitorCard }) {
  if (ip === null) return <Unknown />;
  return (
    <>
      {ip}
      <small>
        {network}
        {network_private && <>, {t("panel.card.network_private")}</>}
      </small>
    </>
  );
}

/** How often they came, and since when. */
function Visits({ visitor: { visits, first_seen_at } }: { visitor: VisitorCard }) {
  if (visits === 1) return <>{t("panel.card.first_visit")}</>;
  const date = listTime(first_seen_at, today());
  return <>{t("panel.card.visits_since", { visits, date })}</>;
}

/** Whether the site itself has said who this is, and by what we know them again if not. */
function Known({ visitor: { verified, user_id, email, known_by } }: { visitor: VisitorCard }) {
  if (!verified && user_id === null && email === null && known_by === null) return null;
  return (
    <span class={cx(css.tag, verified ? css.sure : css.unsure)}>
      {t(certainty(verified, known_by))}
    </span>
  );
}

function certainty(verified: boolean, by: VisitorCard["known_by"]): Key {
  if (verified) return "panel.card.verified";
  if (by === "email") return "panel.card.known_by_email";
  return by === "phone" ? "panel.card.known_by_phone" : "panel.card.unverified";
}

function Unknown() {
  return <span class={css.unknown}>{t("panel.card.unknown")}</span>;
}
