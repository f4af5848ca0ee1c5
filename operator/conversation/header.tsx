import { t } from "../../browser/i18n.ts";
import type { OperatorConversation } from "../../browser/protocol.ts";
import { clockTime, exactTime } from "../../browser/ui/times.ts";
import { asideOpen } from "../customer/aside-open.ts";
import { lastSeen } from "../customer/last-seen.ts";
import { usePanel } from "../shell/context.ts";
import { seconds } from "../shell/seconds.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { visitorName } from "../ui/visitor-name.ts";
import { WaitingClock } from "../ui/waiting-clock.tsx";
import { sentenceTime } from "../ui/when.ts";
import { type Deed, deedsOf } from "./deeds.ts";
import css from "./header.module.css";
import { HeaderMenu } from "./header-menu.tsx";
import type { OpenChat } from "./open-chat.ts";

export function Header({ chat }: { chat: OpenChat }) {
  const { address, me } = usePanel();
  const conversation = chat.conversation.value;
  if (conversation === null) return null;
  const since = conversation.waiting_since;
  const name = visitorName(conversation.visitor);
  const deeds = deedsOf(chat, conversation, me.id);
  return (
    <header class={css.header}>
      <button
        class={cx(controls.button, controls.plain, controls.square, css.back)}
        type="button"
        aria-label={t("panel.talk.back")}
        onClick={() => address.open(null)}
      >
        <Icon name="chevron-left" size="large" />
      </button>
      <div class={css.who}>
        <h2 class={controls.cut} dir="auto" title={name}>
          {name}
        </h2>
        <p class={cx(css.sub, controls.cut)}>
          <Holder conversation={conversation} />
          <Seen chat={chat} conversation={conversation} />
        </p>
      </div>
      {since !== null && (
        <span title={t("panel.wait.since", { time: clockTime(since) })}>
          <WaitingClock since={since} pill big />
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

function Seen({ chat, conversation }: { chat: OpenChat; conversation: OperatorConversation }) {
  const visitor = chat.visitor.value;
  if (visitor === null) return null;
  const at = lastSeen(visitor, conversation);
  return (
    <span title={exactTime(at)}>
      {" · "}
      {t("panel.talk.seen_at", { time: sentenceTime(at, seconds.peek()) })}
    </span>
  );
}

function Holder({ conversation: { assignee } }: { conversation: OperatorConversation }) {
  const { me } = usePanel();
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
