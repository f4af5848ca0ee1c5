import { useSignal } from "@preact/signals";
import arrowDown from "lucide-static/icons/arrow-down.svg?raw";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { now } from "../../browser/clock.ts";
import { t } from "../../browser/i18n.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import { dayLine, dayOf } from "../../browser/ui/times.ts";
import { Avatar } from "./avatar.tsx";
import { Bubble } from "./bubble.tsx";
import type { Chat } from "./chat.ts";
import css from "./conversation.module.css";
import { type Line, linesOf } from "./lines.ts";
import { opening } from "./parts.ts";
import { moveAmong } from "./reply-keys.ts";
import { answering } from "./site.ts";
import { stateLine } from "./when.ts";
import type { Writing } from "./writing.ts";

/** So near to the end still counts as being there. */
const NEAR = 48;
const FOUND = 1200;
/** So near to the beginning the page before is read. */
const EARLY = 200;
const MINUTE = 60_000;

export function Conversation({ chat, writing }: { chat: Chat; writing: Writing }) {
  const lines = linesOf(chat.state.value, chat.drafts.value, chat.network.value !== "offline");
  const typist = chat.typing.value;
  useDay();
  const { scroller, atEnd, toEnd } = useEnd(lines, chat);
  const { found, find } = useFinding();
  const { state } = answering.value;
  const last = lines.at(-1);
  const waits = state !== "online" && last?.kind === "said" && last.author === null;
  const newest = lines.findLast((line) => line.kind === "said" && line.id !== null)?.key;
  return (
    <div class={css.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls only what has the focus */}
      <div class={css.scroller} ref={scroller} tabIndex={0}>
        {chat.state.value?.earlier && (
          <button type="button" class={css.earlier} onClick={chat.earlier}>
            {t("widget.earlier")}
          </button>
        )}
        <div class={css.log} role="log" aria-label={t("widget.messages")} onKeyDown={moveAmong}>
          {lines.length === 0 && !chat.loading.value && <Greeting />}
          {lines.map((line) =>
            line.kind === "day" ? (
              <p key={line.key} class={css.day}>
                <span>{dayLine(line.at, now())}</span>
              </p>
            ) : (
              <Bubble
                key={line.key}
                line={line}
                retry={chat.retry}
                discard={chat.discard}
                find={find}
                answer={writing.answer}
                found={found === line.id}
                tab={line.key === newest}
              />
            ),
          )}
        </div>
        {waits && <p class={css.state}>{stateLine(answering.value, now())}</p>}
        {typist && (
          <p class={css.typing} role="status">
            <Avatar person={typist} />
            <span class={css.dots} role="img" aria-label={writes(typist.name)}>
              <i />
              <i />
              <i />
            </span>
          </p>
        )}
      </div>
      {!atEnd && (
        <button type="button" class={css.newest} aria-label={t("widget.newest")} onClick={toEnd}>
          <Icon svg={arrowDown} />
        </button>
      )}
    </div>
  );
}

function writes(name: string | null): string {
  return t("common.typing", { name: name ?? t("widget.operator") });
}

function Greeting() {
  const Opening = opening.value?.Opening;
  return (
    <div class={css.greeting}>
      {Opening && <Opening />}
      {answering.value.state === "online" && <p>{t("widget.answer_here")}</p>}
    </div>
  );
}

/** Draws again when the day has changed: what was today is yesterday then. */
function useDay(): void {
  const [, setDay] = useState(() => dayOf(now()));
  useEffect(() => {
    const timer = setInterval(() => setDay(dayOf(now())), MINUTE);
    return () => clearInterval(timer);
  }, []);
}

/** Shows the original of a quote, ringed for a moment. */
function useFinding() {
  const found = useSignal<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function find(id: string): void {
    const bubble = document.getElementById(id);
    if (!bubble) return;
    bubble.scrollIntoView({ block: "center", behavior: nearTo(bubble) ? "smooth" : "auto" });
    bubble.focus({ preventScroll: true });
    found.value = id;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      found.value = null;
    }, FOUND);
  }

  return { found: found.value, find };
}

/** A long way is jumped, and who wants no movement always jumps. */
function nearTo(bubble: HTMLElement): boolean {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
  return Math.abs(bubble.getBoundingClientRect().top) < 2 * innerHeight;
}

/** Keeps the newest line in view, unless the reader has scrolled away from it. */
function useEnd(lines: Line[], chat: Chat) {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const own = lines.findLast((line) => line.kind === "said" && line.progress !== null)?.key;
  const lastOwn = useRef(own);

  function toEnd(): void {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }

  const oldest = lines.find((line) => line.kind === "said")?.key;
  const before = useRef({ oldest, height: 0 });
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // Older ones have come above: what was being read stays where it is.
    if (oldest !== before.current.oldest && !atEnd)
      box.scrollTop += box.scrollHeight - before.current.height;
    before.current = { oldest, height: box.scrollHeight };
  });

  useLayoutEffect(() => {
    // Who writes wants to see it, wherever they were.
    if (atEnd || own !== lastOwn.current) toEnd();
    lastOwn.current = own;
  });

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    let near = true;
    const look = () => {
      near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      setAtEnd(near);
      if (box.scrollTop < EARLY && chat.state.peek()?.earlier) chat.earlier();
    };
    // The composer grows, or a keyboard comes up.
    const observer = new ResizeObserver(() => near && toEnd());
    observer.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, []);

  return { scroller, atEnd, toEnd };
}
