import { useComputed } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { InboxRow } from "../../browser/protocol.ts";
import { clockTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { seconds } from "../shell/seconds.ts";
import { Avatar } from "../ui/avatar.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { visitorName } from "../ui/visitor-name.ts";
import { isLate } from "../ui/waited.ts";
import { WaitingClock } from "../ui/waiting-clock.tsx";
import { Preview } from "./preview.tsx";
import css from "./row.module.css";
import { When } from "./when.tsx";

interface Props {
  row: InboxRow;
  /** Whether the Tab key comes to this row: one in a list. */
  tab: boolean;
  open(id: string): void;
}

export function Row({ row: { id, conversation }, tab, open }: Props) {
  const { address, chat } = usePanel();
  const since = conversation.waiting_since;
  // Asked each second, but drawn again only when the answer changes.
  const turned = useComputed(() => isLate(conversation, seconds.value));
  const late = since !== null && turned.value;
  const current = useComputed(() => chat.value?.id === id).value;
  const name = visitorName(conversation.visitor);
  return (
    <a
      class={cx(css.row, since !== null && css.wait, late && css.late, current && css.open)}
      href={address.to(id)}
      data-row={id}
      tabIndex={tab ? 0 : -1}
      aria-current={current ? "true" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        open(id);
      }}
    >
      <Avatar name={conversation.visitor.name} channel={conversation.channel} />
      <span class={css.lines}>
        <span class={css.line}>
          <span class={cx(css.name, controls.cut)} dir="auto" title={name}>
            {name}
          </span>
          {since === null ? (
            <When conversation={conversation} />
          ) : (
            <>
              <span class={controls.unseen}>
                {t("panel.wait.since", { time: clockTime(since) })}
              </span>
              <span class={css.word} aria-hidden="true">
                {t("panel.wait.word")}
              </span>
              <WaitingClock wait={conversation} pill={!late} />
            </>
          )}
        </span>
        <Preview conversation={conversation} late={late} />
      </span>
    </a>
  );
}
