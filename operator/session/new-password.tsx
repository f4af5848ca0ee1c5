import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import css from "./login-page.module.css";

/** The server's own rule: long counts, nothing else does. */
const SHORTEST = 12;

/** Null when it will do. */
export function passwordProblem(password: string): string | null {
  return [...password].length < SHORTEST
    ? t("panel.account.too_short", { length: SHORTEST })
    : null;
}

/** Of a form that its browser's keeper of passwords understands. */
export function NewPassword({ email }: { email: string }) {
  return (
    <>
      <input type="text" hidden autocomplete="username" value={email} readOnly />
      <label class={css.label} for="new">
        {t("panel.account.new_password")}
      </label>
      <input
        class={cx(controls.field, css.field)}
        id="new"
        name="new"
        type="password"
        autocomplete="new-password"
        maxLength={256}
        aria-describedby="new-hint"
      />
      <p class={css.hint} id="new-hint">
        {t("panel.account.password_hint", { length: SHORTEST })}
      </p>
    </>
  );
}
