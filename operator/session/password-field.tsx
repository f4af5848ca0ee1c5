import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import css from "./login-page.module.css";

export function PasswordField({ invalid, describedBy }: { invalid: boolean; describedBy: string }) {
  const field = useRef<HTMLInputElement>(null);
  const shown = useSignal(false);

  function turn(): void {
    shown.value = !shown.value;
    if (field.current !== null) field.current.type = shown.value ? "text" : "password";
  }

  return (
    <span class={css.password}>
      <input
        ref={field}
        class={cx(controls.field, css.field)}
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={invalid}
        aria-describedby={describedBy}
      />
      <button
        class={cx(controls.button, controls.plain, controls.square)}
        type="button"
        aria-pressed={shown.value}
        aria-label={t("panel.login.show_password")}
        onClick={turn}
      >
        <Icon name={shown.value ? "eye-off" : "eye"} />
      </button>
    </span>
  );
}
