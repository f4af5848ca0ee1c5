import { useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { InboxRow } from "../../browser/protocol.ts";
import { useOpenChat } from "../shell/use-open-chat.ts";
import { Banner } from "../ui/banner.tsx";
import controls from "../ui/controls.module.css";
import css from "./chat-list.module.css";
import { hold, type Shown, settle } from "./hold.ts";
import { LateSaid } from "./late-said.tsx";
import { ordered } from "./listed.ts";
import { More } from "./more.tsx";
import { Row } from "./row.tsx";
import { moveFocus } from "./row-keys.ts";
import { useGlide } from "./use-glide.ts";
import type { View } from "./view.ts";

export function ChatList({ view }: { view: View }) {
  const over = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const last = useRef<Shown>({ waiting: [], answered: [] });
  const focused = useSignal<string | null>(null);
  const open = useOpenChat();

  const wanted = useComputed(() => {
    const { waiting, answered } = ordered(view.list.value);
    return { waiting: waiting.map(({ id }) => id), answered: answered.map(({ id }) => id) };
  });
  const shown = useComputed(() => {
    const held = over.value ? hold(last.current, wanted.value) : settle(wanted.value);
    last.current = { waiting: held.waiting, answered: held.answered };
    return held;
  });

  const { waiting, answered, gaps, newcomers } = shown.value;
  const rows = view.list.value.rows;
  const tab = rows.has(focused.value ?? "") ? focused.value : firstOf(waiting, answered, gaps);
  useGlide(root, [...waiting, ...answered].join());

  const group = (ids: readonly string[]) =>
    ids.map((id) => (
      <Item key={id} row={gaps.has(id) ? undefined : rows.get(id)} tab={id === tab} open={open} />
    ));

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows bubble up to it
    <div
      ref={root}
      onPointerMove={({ pointerType }) => {
        if (pointerType === "mouse") over.value = true;
      }}
      onPointerLeave={() => {
        over.value = false;
      }}
      onFocusIn={({ target }) => {
        const row = target instanceof HTMLElement && target.closest<HTMLElement>("[data-row]");
        if (row) focused.value = row.dataset.row ?? null;
      }}
      onKeyDown={(event) => moveFocus(event, root.current)}
    >
      {newcomers > 0 && (
        <button
          class={css.newcomers}
          type="button"
          onClick={() => {
            over.value = false;
          }}
        >
          {t("panel.inbox.newcomers", { newcomers })}
        </button>
      )}
      {view.state.value === "failed" && (
        <Banner
          icon="circle-alert"
          tone="warn"
          action={
            <button class={controls.button} type="button" onClick={view.reload}>
              {t("common.try_again")}
            </button>
          }
        >
          {t("panel.inbox.stale")}
        </Banner>
      )}
      {waiting.length > 0 && (
        <>
          <h2 class={css.group}>
            <b>{t("panel.inbox.waiting", { waiting: view.waiting.value })}</b>{" "}
            <span>{t("panel.inbox.longest_first")}</span>
          </h2>
          <ul class={css.rows}>{group(waiting)}</ul>
        </>
      )}
      {answered.length > 0 && (
        <>
          <h2 class={css.group}>
            <b>{t(view.name === "closed" ? "panel.inbox.closed" : "panel.inbox.answered")}</b>{" "}
            <span>{t("panel.inbox.newest_first")}</span>
          </h2>
          <ul class={css.rows}>{group(answered)}</ul>
        </>
      )}
      <More view={view} />
      <LateSaid view={view} />
    </div>
  );
}

interface ItemProps {
  row: InboxRow | undefined;
  tab: boolean;
  open(id: string): void;
}

/** Without a row it is a gap: who stood there has left, and the others keep their places. */
function Item({ row, tab, open }: ItemProps) {
  if (row === undefined) return <li class={css.gap} aria-hidden="true" />;
  return (
    <li data-glide={row.id}>
      <Row row={row} tab={tab} open={open} />
    </li>
  );
}

function firstOf(
  waiting: readonly string[],
  answered: readonly string[],
  gaps: ReadonlySet<string>,
): string | undefined {
  return [...waiting, ...answered].find((id) => !gaps.has(id));
}
