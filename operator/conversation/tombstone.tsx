import { t } from "../../browser/i18n.ts";
import type { OperatorMessage } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { today } from "../shell/seconds.ts";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { sentenceTime } from "../ui/when.ts";
import css from "./tombstone.module.css";

/** Who deleted a message and when; what it said is gone. */
export function Tombstone({ message }: { message: OperatorMessage }) {
  const { me } = usePanel();
  const { author, deleted_by: by, deleted_at: at, mailed_at: mailed } = message;
  const time = at === null ? "" : sentenceTime(at, today());
  return (
    <p
      class={cx(css.tombstone, author.kind === "visitor" && css.theirs)}
      title={at === null ? undefined : exactTime(at)}
    >
      <Icon name="trash" size="small" />
      {by?.id === me.id
        ? t("panel.message.deleted_by_you", { time })
        : t("panel.message.deleted_by", { name: by?.name ?? "Kell", time })}
      {mailed !== null && (
        <span>{t("panel.message.had_left", { time: sentenceTime(mailed, today()) })}</span>
      )}
    </p>
  );
}
