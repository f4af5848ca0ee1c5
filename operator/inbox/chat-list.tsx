import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { useOpenChat } from "../shell/use-open-chat.ts";
import { Banner } from "../ui/banner.tsx";
import controls from "../ui/controls.module.css";
import { useSight } from "../ui/rows-window.ts";
import css from "./chat-list.module.css";
import { hold, type Shown, settle } from "./hold.ts";
import { LateSaid } from "./late-said.tsx";
import { ordered } from "./listed.ts";
import { More } from "./more.tsx";
import { nextRow } from "./row-keys.ts";
import { useRowStep } from "./row-step.ts";
import { Rows } from "./rows.tsx";
import { useGlide } from "./use-glide.ts";
import { useRowFocus } from "./use-row-focus.ts";
import type { View } from "./view.ts";

/** Held to click otherwise, not to write. */
const WITH_A_CLICK = ["Shift", "Control", "Alt", "Meta"];

/** About as high as the heading of a group is, in pixels. */
const HEADING = 32;

export function ChatList({ view }: { view: View }) {
  const over = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const last = useRef<Shown>({ waiting: [], answered: [] });
  const focused = useSignal<string | null>(null);
  const open = useOpenChat();
  const sight = useSight(root);
  const step = useRowStep().value;

  // Whoever writes isn't about to click, wherever they have left the pointer.
  useEffect(() => {
    const wrote = ({ key }: KeyboardEvent) => {
      if (!WITH_A_CLICK.includes(key)) over.value = false;
    };
    addEventListener("keydown", wrote);
    return () => removeEventListener("keydown", wrote);
  }, [over]);

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
  const all = useComputed(() => {
    const { waiting, answered, gaps } = shown.value;
    return [...waiting, ...answered].filter((id) => !gaps.has(id));
  });
  const tab = rows.has(focused.value ?? "") ? focused.value : (all.value[0] ?? null);
  useGlide(root, `${waiting.join()} ${answered.join()}`);
  const go = useRowFocus(root, focused, (id) => all.peek().includes(id));

  const group = { rows, gaps, step, sight, tab, open };
  const second = t(view.name === "closed" ? "panel.inbox.closed" : "panel.inbox.answered");
  const first = t("panel.inbox.waiting", { waiting: view.waiting.value });
  const below = waiting.length === 0 ? 0 : HEADING + waiting.length * step;
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
      onKeyDown={(event) => {
        const to = nextRow(event, all.peek(), focused.peek());
        if (to === null) return;
        event.preventDefault();
        go(to);
      }}
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
            <b>{first}</b> <span>{t("panel.inbox.longest_first")}</span>
          </h2>
          <Rows label={first} ids={waiting} top={HEADING} {...group} />
        </>
      )}
      {answered.length > 0 && (
        <>
          <h2 class={css.group}>
            <b>{second}</b> <span>{t("panel.inbox.newest_first")}</span>
          </h2>
          <Rows label={second} ids={answered} top={below + HEADING} {...group} />
        </>
      )}
      <More view={view} />
      <LateSaid view={view} />
    </div>
  );
}
