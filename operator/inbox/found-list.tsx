import { t } from "../../browser/i18n.ts";
import type { FoundRow } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { messageWish } from "../conversation/message-wish.ts";
import { usePanel } from "../shell/context.ts";
import { today } from "../shell/seconds.ts";
import { useOpenChat } from "../shell/use-open-chat.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Marked } from "../ui/marked.tsx";
import { problem } from "../ui/problem.ts";
import { visitorName } from "../ui/visitor-name.ts";
import { listTime } from "../ui/when.ts";
import css from "./found-list.module.css";
import row from "./row.module.css";
import { Skeleton } from "./skeleton.tsx";

/** What was found, each with the words that were looked for. */
export function FoundList() {
  const { search } = usePanel();
  const rows = search.rows.value;
  const state = search.state.value;
  if (state === "failed") {
    return (
      <Blank icon="circle-alert" title={t("panel.search.failed")}>
        {problem(search.failure.value)}
        <button class={controls.button} type="button" onClick={search.again}>
          {t("common.try_again")}
        </button>
      </Blank>
    );
  }
  if (rows.length === 0 && state === "looking") return <Skeleton rows={5} />;
  if (rows.length === 0) {
    return (
      <Blank icon="search" title={t("panel.search.nothing")}>
        {t("panel.search.nothing_text")}
      </Blank>
    );
  }
  return (
    <>
      <p class={controls.unseen} role="status">
        {t("panel.search.found", { count: rows.length })}
      </p>
      <ul class={cx(css.list, state === "looking" && css.old)}>
        {rows.map((found) => (
          <li key={found.id}>
            <Found found={found} />
          </li>
        ))}
      </ul>
      {search.more.value && (
        <button
          class={cx(controls.button, css.more)}
          type="button"
          onClick={() => void search.readMore()}
        >
          {t("panel.search.more")}
        </button>
      )}
    </>
  );
}

function Found({ found: { id, conversation, hit } }: { found: FoundRow }) {
  const { address, chat } = usePanel();
  const open = useOpenChat();
  const name = visitorName(conversation.visitor);
  const at = hit.at ?? conversation.last?.at ?? conversation.created_at;
  const current = chat.value?.id === id;
  return (
    <a
      class={cx(row.row, css.found, current && row.open)}
      href={address.to(id)}
      data-found={id}
      aria-current={current ? "true" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        messageWish.value = hit.message === null ? null : { chat: id, message: hit.message };
        if (hit.message === null) open(id);
        else address.open(id);
      }}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        const all = [...document.querySelectorAll<HTMLElement>("[data-found]")];
        const to = all[all.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)];
        if (to === undefined) return;
        event.preventDefault();
        to.focus();
      }}
    >
      <Avatar name={conversation.visitor.name} channel={conversation.channel} />
      <span class={row.lines}>
        <span class={row.line}>
          <span class={cx(row.name, controls.cut)} dir="auto" title={name}>
            {hit.field === "name" ? <Marked text={hit.text} ranges={hit.ranges} /> : name}
          </span>
          <time class={row.when} dateTime={at} title={exactTime(at)}>
            {listTime(at, today())}
          </time>
        </span>
        <span class={cx(row.last, css.words)} dir="auto">
          {hit.field === "name" ? (
            (conversation.last?.text ?? "")
          ) : (
            <>
              {hit.field === "note" && <b>{t("panel.composer.note")}: </b>}
              <Marked text={hit.text} ranges={hit.ranges} />
            </>
          )}
        </span>
      </span>
    </a>
  );
}
