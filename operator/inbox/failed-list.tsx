import { t } from "../../browser/i18n.ts";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { problem } from "../ui/problem.ts";
import type { View } from "./view.ts";

export function FailedList({ view }: { view: View }) {
  return (
    <Blank icon="circle-alert" title={t("panel.inbox.failed")}>
      {problem(view.failure.value)}
      <button class={controls.button} type="button" onClick={view.reload}>
        {t("common.try_again")}
      </button>
    </Blank>
  );
}
