import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { Banner } from "../ui/banner.tsx";
import controls from "../ui/controls.module.css";
import css from "./held-banner.module.css";

/** Below the list, where its going moves nothing: any click makes it go. */
export function HeldBanner() {
  const { bell } = usePanel();
  if (!bell.held.value || bell.muted.value) return null;
  return (
    <div class={css.around}>
      <Banner
        icon="volume-x"
        tone="info"
        action={
          <button class={controls.button} type="button">
            {t("panel.bell.turn_on")}
          </button>
        }
      >
        {t("panel.bell.held")}
      </Banner>
    </div>
  );
}
