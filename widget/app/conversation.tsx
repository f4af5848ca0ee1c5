import arrowDown from "lucide-static/icons/arrow-down.svg?raw";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { now } from "../../browser/clock.ts";
import { t } from "../../browser/i18n.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import { dayLine } from "../../browser/ui/times.ts";
import { Avatar } from "./avatar.tsx";
import bubbleCss from "./bubble.module.css";
import { Bubble } from "./bubble.tsx";
import type { Chat } from "./chat.ts";
import css from "./conversation.module.css";
import { type Line, linesOf } from "./lines.ts";

/** So near to the end still counts as being there. */
const NEAR = 48;
const FOUND = 1200;

export function Conversation({ chat }: { chat: Chat }) {
  const lines = linesOf(chat.state.value, chat.drafts.value, chat.network.value !== "offline");
  const typist = chat.typing.value;
  const { scroller, atEnd, toEnd } = useEnd(lines);
  return (
    <div class={css.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls only what has the focus */}
      <div class={css.scroller} ref={scroller} tabIndex={0}>
        <div class={css.log} role="log" aria-label={t("widget.messages")}>
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
              />
            ),
          )}
        </div>
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
        {chat.loading.value && <Shapes />}
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
  return (
    <div class={css.greeting}>
      <h2>{t("widget.greeting")}</h2>
      <p>{t("widget.answer_here")}</p>
    </div>
  );
}

/** Still shapes where the thread will be, if it takes longer than a blink. */
function Shapes() {
  return (
    <div class={css.shapes} aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}

/** Show the original of a quote. */
function find(id: string): void {
  const bubble = document.getElementById(id);
  if (!bubble) return;
  bubble.scrollIntoView({ block: "center" });
  bubble.focus({ preventScroll: true });
  const found = bubbleCss.found ?? "";
  bubble.classList.add(found);
  setTimeout(() => bubble.classList.remove(found), FOUND);
}

/** Keeps the newest line in view, unless the reader has scrolled away from it. */
function useEnd(lines: Line[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const own = lines.findLast((line) => line.kind === "said" && line.progress !== null)?.key;
  const lastOwn = useRef(own);

  function toEnd(): void {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }

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
