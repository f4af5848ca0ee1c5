import { t } from "../../browser/i18n.ts";
import type { OperatorConversation } from "../../browser/protocol.ts";
import { clockTime, exactTime } from "../../browser/ui/times.ts";
import { asideOpen } from "../customer/aside-open.ts";
import { lastSeen } from "../customer/last-seen.ts";
import { linkable, shortAddress } from "../customer/page-address.ts";
import { usePanel } from "../shell/context.ts";
import { today } from "../shell/seconds.ts";
import { Avatar } from "../ui/avatar.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { visitorName } from "../ui/visitor-name.ts";
import { WaitingClock } from "../ui/waiting-clock.tsx";
import { sentenceTime } from "../ui/when.ts";
import { Back } from "./back.tsx";
import { type Deed, deedsOf } from "./deeds.ts";
import css from "./header.module.css";
import { HeaderMenu } from "./header-menu.tsx";
import type { OpenChat } from "./open-chat.ts";

export function Header({ chat }: { chat: OpenChat }) {
  const { me } = usePanel();
  const conversation = chat.conversation.value;
  if (conversation === null) return null;
  const since = conversation.waiting_since;
  const name = visitorName(conversation.visitor);
  const deeds = deedsOf(chat, conversation, me.id);
  return (
    <header class={css.header}>
      <Back />
      <div class={css.who}>
        <h2 class={controls.cut} dir="auto" title={name}>
          {name}
        </h2>
        <p class={cx(css.sub, controls.cut)}>
          <Holder conversation={conversation} />
          <Seen chat={chat} conversation={conversation} />
        </p>
      </div>
      <Others />
      {since !== null && (
        <span title={t("panel.wait.since", { time: clockTime(since) })}>
          <WaitingClock wait={conversation} pill big />
        </span>
      )}
      {deeds.map((deed) => (
        <DeedButton key={deed.name} {...deed} />
      ))}
      <button
        class={cx(controls.button, controls.plain, controls.square, css.aside)}
        type="button"
        aria-label={t("panel.talk.visitor")}
        title={t("panel.talk.visitor")}
        aria-expanded={asideOpen.value}
        onClick={() => {
          asideOpen.value = !asideOpen.value;
        }}
      >
        <Icon name="panel-right" />
      </button>
      <div class={css.more}>
        <HeaderMenu deeds={deeds} />
      </div>
    </header>
  );
}

/** Colleagues who have this chat open too. */
function Others() {
  const people = usePanel().viewers.value;
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name ?? "").join(", ");
  return (
    <span class={css.others} title={t("panel.talk.here_too", { names })}>
      {people.slice(0, 3).map(({ id, name, photo }) => (
        <Avatar key={id} name={name} photo={photo} size="small" />
      ))}
      {people.length > 3 && <b>+{people.length - 3}</b>}
      <span class={controls.unseen} role="status">
        {t("panel.talk.here_too", { names })}
      </span>
    </span>
  );
}

/** Where the visitor is now, or when they were here last. */
function Seen({ chat, conversation }: { chat: OpenChat; conversation: OperatorConversation }) {
  const visitor = chat.visitor.value;
  if (visitor === null) return null;
  const { here, page } = visitor;
  if (!here) {
    const at = lastSeen(visitor, conversation);
    return (
      <span title={exactTime(at)}>
        {" · "}
        {t("panel.talk.seen_at", { time: sentenceTime(at, today()) })}
      </span>
    );
  }
  return (
    <>
      {" · "}
      <span class={css.here} />
      {page !== null && linkable(page.url) ? (
        <>
          {t("panel.talk.here_reading")}{" "}
          <a href={page.url} target="_blank" rel="noopener noreferrer" title={page.url}>
            {page.title || shortAddress(page.url)}
          </a>
        </>
      ) : (
        t("panel.talk.here_now")
      )}
    </>
  );
}

function Holder({ conversation: { assignee, status } }: { conversation: OperatorConversation }) {
  const { me } = usePanel();
  if (status === "closed") return <>{t("panel.talk.is_closed")}</>;
  if (assignee === null) return <>{t("panel.talk.nobody_has_it")}</>;
  if (assignee.id === me.id) return <>{t("panel.talk.you_have_it")}</>;
  return <>{t("panel.talk.has_it", { name: assignee.name ?? "" })}</>;
}

/** On narrower screens the icon alone, on a phone in the menu. */
function DeedButton({ icon, name, run }: Deed) {
  return (
    <button
      class={cx(controls.button, css.deed)}
      type="button"
      aria-label={t(name)}
      title={t(name)}
      onClick={run}
    >
      <Icon name={icon} />
      <span>{t(name)}</span>
    </button>
  );
}
