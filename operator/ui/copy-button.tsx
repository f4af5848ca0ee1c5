import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { copy } from "./clipboard.ts";
import controls from "./controls.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";

const SHOWN_FOR = 1500;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const done = useSignal(false);
  const copied = done.value;
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      done.value = false;
    }, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [copied, done]);
  return (
    <button
      class={cx(controls.button, controls.plain, controls.square)}
      type="button"
      title={label}
      aria-label={copied ? t("panel.copied") : label}
      onClick={async () => {
        done.value = await copy(text);
      }}
    >
      <Icon name={copied ? "check" : "copy"} />
    </button>
  );
}
