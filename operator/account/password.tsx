import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { useSession } from "../session/context.ts";
import { NewPassword, passwordProblem } from "../session/new-password.tsx";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import css from "./account.module.css";
import { type Outcome, Said } from "./said.tsx";

/** Another password; every other session ends with it. */
export function Password() {
  const { me } = usePanel();
  const session = useSession();
  const outcome = useSignal<Outcome>(null);
  const words = useSignal<string | null>(null);

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const next = String(data.get("new") ?? "");
    words.value = passwordProblem(next);
    outcome.value = words.value === null ? null : "invalid";
    if (words.value !== null) return;
    const given = { present: String(data.get("present") ?? ""), new: next };
    const refusal = await session.enter("/api/operator/password", given);
    if (refusal?.error.code === "login_failed") words.value = t("panel.account.wrong_password");
    outcome.value = refusal === null ? "" : refusal.error.code;
    if (refusal === null) form.reset();
  }

  return (
    <section>
      <h2>{t("panel.account.password")}</h2>
      <form noValidate onSubmit={save}>
        <label class={css.label} for="present">
          {t("panel.account.present_password")}
        </label>
        <input
          class={cx(controls.field, css.gap)}
          id="present"
          name="present"
          type="password"
          autocomplete="current-password"
        />
        <NewPassword email={me.email} />
        <Said outcome={outcome.value} words={words.value} />
        <button class={cx(controls.button, controls.main)} type="submit">
          {t("panel.account.change_password")}
        </button>
      </form>
    </section>
  );
}
