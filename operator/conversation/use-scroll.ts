import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { OperatorMessage } from "../../browser/protocol.ts";
import type { OpenChat } from "./open-chat.ts";

/** So close to the end counts as being there. */
const NEAR = 48;
/** Older messages are asked for before the reader runs into the top. */
const AHEAD = 600;

export interface Scroll {
  readonly atEnd: ReadonlySignal<boolean>;
  /** How many messages of others came below what is in sight. */
  readonly unseen: ReadonlySignal<number>;
  readonly earlierFailed: Signal<boolean>;
  scrolled(): void;
  toEnd(): void;
  /** Go elsewhere on purpose: until one is there, nothing pulls back to the end. */
  travel(journey: () => Promise<void>): Promise<void>;
}

interface Content {
  chat: OpenChat;
  /** Id of the first message: another one means that older ones came above. */
  first: string;
  last: OperatorMessage | null;
  echoes: number;
}

/** Keeps the reader's place: at the end when there, else where the eye is, whatever comes above or below. */
export function useScroll(root: { current: HTMLElement | null }, content: Content): Scroll {
  const { chat, first, last, echoes } = content;
  const atEnd = useSignal(true);
  const unseen = useSignal(0);
  const earlierFailed = useSignal(false);
  const travelling = useRef(false);
  const place = useRef({ fromEnd: 0, first, line: last?.line ?? 0, echoes });
  // Older messages are about to be drawn: the place is that of now, not of the last scroll event.
  if (first !== place.current.first && root.current !== null) {
    place.current.fromEnd = root.current.scrollHeight - root.current.scrollTop;
  }

  const scroll = useMemo<Scroll>(() => {
    function end(): void {
      const element = root.current;
      if (element !== null) element.scrollTop = element.scrollHeight;
    }

    async function readEarlier(): Promise<void> {
      const element = root.current;
      if (element === null || element.scrollTop > AHEAD) return;
      if (!chat.earlier.peek() || earlierFailed.peek()) return;
      earlierFailed.value = !(await chat.readEarlier());
    }

    return {
      atEnd,
      unseen,
      earlierFailed,
      scrolled() {
        const element = root.current;
        if (element === null) return;
        place.current.fromEnd = element.scrollHeight - element.scrollTop;
        if (travelling.current) return;
        atEnd.value = place.current.fromEnd - element.clientHeight < NEAR;
        if (atEnd.value) unseen.value = 0;
        void readEarlier();
      },
      toEnd() {
        atEnd.value = true;
        unseen.value = 0;
        end();
      },
      async travel(journey) {
        travelling.current = true;
        atEnd.value = false;
        await journey();
        await stopped(root.current);
        travelling.current = false;
        this.scrolled();
      },
    };
  }, [root, chat, atEnd, unseen, earlierFailed]);

  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const before = place.current;
    const line = last?.line ?? 0;
    const mine = echoes > before.echoes;
    if (mine || atEnd.peek()) scroll.toEnd();
    else if (first !== before.first) element.scrollTop = element.scrollHeight - before.fromEnd;
    else if (line > before.line && last?.kind !== "event") unseen.value += 1;
    place.current = { fromEnd: element.scrollHeight - element.scrollTop, first, line, echoes };
  }, [root, scroll, atEnd, unseen, first, last, echoes]);

  // A composer that grows, a keyboard that comes up, a font that arrives: the end stays the end.
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      if (atEnd.peek()) element.scrollTop = element.scrollHeight;
    });
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  }, [root, atEnd]);

  return scroll;
}

/** Resolves when a smooth scroll has come to its end, or was none. */
function stopped(element: HTMLElement | null): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(arrived, 700);
    function arrived(): void {
      clearTimeout(timer);
      element?.removeEventListener("scrollend", arrived);
      done();
    }
    element?.addEventListener("scrollend", arrived);
  });
}
