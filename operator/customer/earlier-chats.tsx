import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { CustomerChats, InboxRow } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { today } from "../shell/seconds.ts";
import controls from "../ui/controls.module.css";
import { listTime } from "../ui/when.ts";
import { changedCard } from "./changed-card.ts";
import css from "./visitor-column.module.css";

/** The same customer's other chats, as far as one reaches them. */
export function EarlierChats({ customer, chat }: { customer: string; chat: string }) {
  const { call } = usePanel();
  const known = useSignal<CustomerChats | null>(null);
  const changed = changedCard.value;

  async function read(after: string | null): Promise<void> {
    const before = known.peek()?.rows ?? [];
    const page = await call("customer.conversations", { customer, after });
    if (refused(page)) return;
    known.value = { ...page, rows: after === null ? page.rows : [...before, ...page.rows] };
  }

  // Again when somebody has changed a card.
  useEffect(() => {
    void read(null);
  }, [customer, changed]);

  const rows = known.value?.rows.filter(({ id }) => id !== chat) ?? [];
  if (rows.length === 0) return null;
  const next = known.value?.next ?? null;
  return (
    <section class={css.section}>
      <h3>{t("panel.card.earlier_chats")}</h3>
      <ul class={css.chats}>
        {rows.map((row) => (
          <li key={row.id}>
            <Chat row={row} />
          </li>
        ))}
      </ul>
      {next !== null && (
        <button class={controls.link} type="button" onClick={() => void read(next)}>
          {t("panel.search.more")}
        </button>
      )}
    </section>
  );
}

function Chat({ row: { id, conversation } }: { row: InboxRow }) {
  const { address } = usePanel();
  const { last, number, status, created_at, waiting_since } = conversation;
  const at = last?.at ?? created_at;
  const state =
    status === "closed"
      ? "panel.card.closed"
      : waiting_since
        ? "panel.card.waits"
        : "panel.card.open";
  return (
    <a
      class={css.chat}
      href={address.to(id)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        address.open(id);
      }}
    >
      <span class={controls.cut} dir="auto">
        {last?.text ?? t("common.message_deleted")}
      </span>
      <time dateTime={at} title={exactTime(at)}>
        {listTime(at, today())}
      </time>
      <small class={waiting_since ? css.waits : undefined}>
        {t("panel.card.chat_number", { number })}, {t(state)}
      </small>
    </a>
  );
}
