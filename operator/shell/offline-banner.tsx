import { useSignal, useSignalEffect } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { Banner } from "../ui/banner.tsx";
import controls from "../ui/controls.module.css";
import { usePanel } from "./context.ts";
import css from "./offline-banner.module.css";

/** A connection that comes back so soon is not worth a word. */
const UNNOTICED = 2000;

/** Below what it concerns, where its coming and going moves nothing. */
export function OfflineBanner() {
  const { connection, reconnect } = usePanel();
  const shown = useSignal(false);
  useSignalEffect(() => {
    if (connection.value === "online") {
      shown.value = false;
      return;
    }
    const timer = setTimeout(() => {
      shown.value = true;
    }, UNNOTICED);
    return () => clearTimeout(timer);
  });
  if (!shown.value) return null;
  return (
    <div class={css.around}>
      <Banner
        icon="wifi-off"
        tone="warn"
        action={
          <button class={controls.button} type="button" onClick={reconnect}>
            {t("common.try_now")}
          </button>
        }
      >
        {t("panel.offline")}
      </Banner>
    </div>
  );
}
