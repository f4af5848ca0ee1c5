import { t } from "../../browser/i18n.ts";
import { Blank } from "../ui/blank.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import css from "./empty-list.module.css";
import type { ViewName } from "./order.ts";

export function EmptyList({ view }: { view: ViewName }) {
  const line = `<script async src="${location.origin}/widget.js"></script>`;
  return (
    <Blank icon="clock" title={t(`panel.inbox.empty.${view}`)}>
      <span>{t(`panel.inbox.empty.${view}_text`)}</span>
      {view === "all" && (
        <span class={css.embed}>
          <code>{line}</code>
          <CopyButton text={line} label={t("panel.copy")} />
        </span>
      )}
    </Blank>
  );
}
