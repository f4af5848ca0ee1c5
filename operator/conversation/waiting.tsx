import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { useNoticed } from "../ui/use-noticed.ts";
import { visitorName } from "../ui/visitor-name.ts";
import { Back } from "./back.tsx";
import header from "./header.module.css";
import css from "./waiting.module.css";

/** What the list knows of the chat already, and still grey shapes where the thread will stand. */
export function Waiting({ id }: { id: string }) {
  const { inbox } = usePanel();
  const visitor = inbox.find(id)?.visitor;
  const noticed = useNoticed();
  return (
    <>
      <header class={header.header}>
        <Back />
        <h2 class={cx(header.who, controls.cut)} dir="auto">
          {visitor !== undefined && visitorName(visitor)}
        </h2>
      </header>
      <div class={css.waiting} role="status">
        {noticed && (
          <>
            <span class={controls.unseen}>{t("panel.loading")}</span>
            <i class={css.them} />
            <i class={css.us} />
            <i class={css.them} />
          </>
        )}
      </div>
    </>
  );
}
