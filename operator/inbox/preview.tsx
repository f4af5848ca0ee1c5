import { useComputed } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { OperatorConversation } from "../../browser/protocol.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import css from "./row.module.css";
import { ticks } from "./signs.ts";

interface Props {
  conversation: OperatorConversation;
  late: boolean;
}

/** The second line: what was written last and by whom, or what is being written now. */
export function Preview({ conversation, late }: Props) {
  const { drafts, typing, chat } = usePanel();
  const { id, visitor } = conversation;
  const people = useComputed(() => typing.all.value.get(id)).value ?? [];
  const draft = useComputed(() => drafts.of(id)).value;
  const text = draft.reply || draft.note;
  return (
    <span class={css.line}>
      {people.some((person) => person.id === visitor.id) ? (
        <span class={cx(css.last, css.typing, controls.cut)}>{t("panel.inbox.typing")}</span>
      ) : text.trim() !== "" && chat.value?.id !== id ? (
        <span class={cx(css.last, controls.cut)} dir="auto" title={text}>
          <span class={css.draft}>{t("panel.inbox.draft")}</span> {text}
        </span>
      ) : (
        <Last conversation={conversation} />
      )}
      <Signs conversation={conversation} late={late} />
    </span>
  );
}

function Last({ conversation: { last } }: { conversation: OperatorConversation }) {
  const { me } = usePanel();
  if (last === null) return <span class={css.last} />;
  const text = last.deleted ? t("common.message_deleted") : (last.text ?? "");
  const name = last.author.id === me.id ? t("panel.inbox.you") : firstName(last.author.name);
  return (
    <span class={cx(css.last, controls.cut)} dir="auto" title={text}>
      {last.author.kind === "operator" && <span class={css.me}>{name} </span>}
      {last.deleted ? <i>{text}</i> : text}
    </span>
  );
}

function Signs({ conversation, late }: Props) {
  const waiting = conversation.unread;
  const tick = ticks(conversation);
  if (waiting > 0) {
    return (
      <span class={cx(controls.count, late && css.countLate)}>
        <span aria-hidden="true">{waiting > 99 ? "99+" : waiting}</span>
        <span class={controls.unseen}>{t("panel.inbox.unread", { unread: waiting })}</span>
      </span>
    );
  }
  if (tick === null) return null;
  return (
    <span class={cx(css.ticks, tick === "read" && css.read)}>
      <Icon name={tick === "read" ? "check-check" : "check"} />
      <span class={controls.unseen}>{t(tick === "read" ? "common.read" : "common.delivered")}</span>
    </span>
  );
}

function firstName(name: string | null): string {
  const first = name?.split(" ")[0];
  return first === undefined ? "" : `${first}:`;
}
