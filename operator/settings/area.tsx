import { t } from "../../browser/i18n.ts";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { Settings } from "./shell/settings.tsx";
import { Shapes } from "./shell/state.tsx";
import { useWords } from "./words.ts";

/** The administration: sites, people, canned replies, logs. */
export function Area({ path }: { path: string }) {
  const { state, again } = useWords();
  switch (state) {
    case "here":
      return <Settings path={path} />;
    case "loading":
      return <Shapes />;
    case "failed":
      return (
        <Blank icon="circle-alert" title={t("panel.area.failed")}>
          {t("panel.problem.offline")}
          <button class={controls.button} type="button" onClick={again}>
            {t("common.try_again")}
          </button>
        </Blank>
      );
  }
}
