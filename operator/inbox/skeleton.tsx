import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { useNoticed } from "../ui/use-noticed.ts";
import css from "./skeleton.module.css";

/** Quiet grey shapes where rows will stand. */
export function Skeleton({ rows }: { rows: number }) {
  if (!useNoticed()) return null;
  return (
    <div role="status">
      <span class={controls.unseen}>{t("panel.loading")}</span>
      {Array.from({ length: rows }, (_, index) => (
        <p key={index} class={css.row}>
          <i />
          <span>
            <i />
            <i />
          </span>
        </p>
      ))}
    </div>
  );
}
