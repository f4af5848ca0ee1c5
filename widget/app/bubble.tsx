import check from "lucide-static/icons/check.svg?raw";
import checkCheck from "lucide-static/icons/check-check.svg?raw";
import clock from "lucide-static/icons/clock.svg?raw";
import wavesOff from "lucide-static/icons/wifi-off.svg?raw";
import { type Key, t } from "../../browser/i18n.ts";
import type { Quote } from "../../browser/protocol.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import { Linked } from "../../browser/ui/linked.tsx";
import { clockTime, exactTime } from "../../browser/ui/times.ts";
import { Avatar } from "./avatar.tsx";
import css from "./bubble.module.css";
import type { Progress, Said } from "./lines.ts";

interface Props {
  line: Said;
  retry(key: string): void;
  discard(key: string): void;
  find(id: string): void;
}

const SIGNS: Partial<Record<Progress, [picture: string, name: Key]>> = {
  sending: [clock, "common.sending"],
  too_fast: [clock, "common.sending"],
  offline: [wavesOff, "common.goes_out"],
  sent: [check, "common.sent"],
  delivered: [check, "common.delivered"],
  read: [checkCheck, "common.read"],
};

export function Bubble({ line, retry, discard, find }: Props) {
  const { author, progress, first, last } = line;
  const name = author ? (author.name ?? t("widget.operator")) : t("common.you");
  const group = `${first ? css.first : ""} ${last ? css.last : ""}`;
  return (
    <div class={`${css.line} ${author ? css.theirs : css.mine} ${group}`}>
      {author && last && <Avatar person={author} />}
      <div
        class={`${css.bubble} ${progress ? css[progress] : ""}`}
        id={line.id ?? undefined}
        tabIndex={-1}
      >
        <b class={author && first ? css.by : css.hidden}>{name}</b>
        {line.quote && <Quoted quote={line.quote} find={find} />}
        <Linked text={line.text} />
        <Foot at={line.at} progress={progress} />
      </div>
      {progress === "failed" && (
        <p class={css.failure}>
          {t("common.not_sent")}
          <button type="button" onClick={() => retry(line.key)}>
            {t("common.try_again")}
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

function Quoted({ quote, find }: { quote: Quote; find(id: string): void }) {
  // The visitor is not told that there was something: a quote of nothing is no quote.
  if (quote.deleted) return null;
  const { author } = quote;
  return (
    <button type="button" class={css.quote} onClick={() => find(quote.id)}>
      <b>{author.kind === "visitor" ? t("common.you") : (author.name ?? t("widget.operator"))}</b>
      <span>{quote.text}</span>
    </button>
  );
}
