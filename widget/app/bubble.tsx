import check from "lucide-static/icons/check.svg?raw";
import checkCheck from "lucide-static/icons/check-check.svg?raw";
import clock from "lucide-static/icons/clock.svg?raw";
import reply from "lucide-static/icons/reply.svg?raw";
import wavesOff from "lucide-static/icons/wifi-off.svg?raw";
import { type Key, t } from "../../browser/i18n.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import { Linked } from "../../browser/ui/linked.tsx";
import { clockTime, exactTime } from "../../browser/ui/times.ts";
import { Avatar } from "./avatar.tsx";
import css from "./bubble.module.css";
import type { Progress, Said } from "./lines.ts";
import { QuoteLink } from "./quote.tsx";
import { useSwipe } from "./use-swipe.ts";

interface Props {
  line: Said;
  retry(key: string): void;
  discard(key: string): void;
  find(id: string): void;
  answer(id: string): void;
  /** A click on a quote has led here. */
  found: boolean;
  /** Whether the Tab key comes to its button: to one in a thread. */
  tab: boolean;
}

const SIGNS: Partial<Record<Progress, [picture: string, name: Key]>> = {
  sending: [clock, "common.sending"],
  too_fast: [clock, "common.sending"],
  offline: [wavesOff, "common.goes_out"],
  sent: [check, "common.sent"],
  delivered: [check, "common.delivered"],
  read: [checkCheck, "common.read"],
};

export function Bubble({ line, retry, discard, find, answer, found, tab }: Props) {
  const { id, author, progress, first, last } = line;
  const quote = id === null ? null : () => answer(id);
  const { pull, handlers } = useSwipe(quote);
  const name = author ? (author.name ?? t("widget.operator")) : t("common.you");
  const group = `${first ? css.first : ""} ${last ? css.last : ""}`;
  return (
    <div
      class={`${css.line} ${author ? css.theirs : css.mine} ${group} ${css[pull]}`}
      {...handlers}
    >
      {author && last && <Avatar person={author} />}
      <div
        class={`${css.bubble} ${progress ? css[progress] : ""} ${found ? css.found : ""}`}
        id={id ?? undefined}
        data-message={id ?? undefined}
        tabIndex={-1}
      >
        <b class={author && first ? css.by : css.hidden}>{name}</b>
        {line.quote && <QuoteLink quote={line.quote} find={find} />}
        <bdi>
          <Linked text={line.text} />
        </bdi>
        <Foot at={line.at} progress={progress} />
        {quote && (
          <button
            type="button"
            class={css.reply}
            data-reply
            aria-live="off"
            tabIndex={tab ? 0 : -1}
            aria-label={t("widget.reply")}
            title={t("widget.reply")}
            onClick={quote}
          >
            <Icon svg={reply} />
          </button>
        )}
      </div>
      {progress === "failed" && (
        <p class={css.failure}>
          {t("common.not_sent")}
          <button type="button" onClick={() => retry(line.key)}>
            {t("common.send_again")}
          </button>
          <button type="button" onClick={() => discard(line.key)}>
            {t("common.delete")}
          </button>
        </p>
      )}
      {last && progress === "offline" && <p class={css.note}>{t("common.goes_out")}</p>}
      {last && progress === "too_fast" && <p class={css.note}>{t("common.too_fast")}</p>}
    </div>
  );
}

function Foot({ at, progress }: { at: number; progress: Progress | null }) {
  const [picture, name] = (progress && SIGNS[progress]) ?? [];
  return (
    <span class={css.foot}>
      <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
        {clockTime(at)}
      </time>
      {picture && name && (
        <span class={css.tick} role="img" aria-label={t(name)} title={t(name)}>
          <Icon svg={picture} />
        </span>
      )}
    </span>
  );
}
