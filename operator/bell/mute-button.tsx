import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { Icon } from "../ui/icon.tsx";

export function MuteButton({ class: name }: { class?: string | undefined }) {
  const { bell } = usePanel();
  const muted = bell.muted.value;
  return (
    <button
      class={name}
      type="button"
      aria-pressed={muted}
      aria-label={t("panel.bell.mute")}
      title={t(muted ? "panel.bell.off" : "panel.bell.on")}
      onClick={bell.toggle}
    >
      <Icon name={muted ? "volume-x" : "volume-2"} size="large" />
    </button>
  );
}
