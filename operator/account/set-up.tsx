import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { useSession } from "../session/context.ts";
import { NewPassword, passwordProblem } from "../session/new-password.tsx";
import { usePanel } from "../shell/context.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import css from "./account.module.css";
import { type Outcome, Said } from "./said.tsx";

/** The first login is still as it was printed: who is it really? */
export function SetUp() {
  const { me } = usePanel();
  const session = useSession();
  const outcome = useSignal<Outcome>(null);
  const words = useSignal<string | null>(null);

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    words.value = passwordProblem(text("new"));
    outcome.value = words.value === null ? null : "invalid";
    if (words.value !== null) return;
    const given = { name: text("name"), email: text("email"), password: text("new") };
    const refusal = await session.enter("/api/operator/setup", given);
    outcome.value = refusal === null ? "" : refusal.error.code;
    if (refusal?.error.code === "invalid") words.value = t("panel.login.email_wrong");
  }

  return (
    <section>
      <h2>{t("panel.account.set_up")}</h2>
      <p class={css.gap}>{t("panel.account.set_up_text")}</p>
      <form noValidate onSubmit={save}>
        <label class={css.label} for="own-name">
          {t("panel.account.name")}
        </label>
        <input class={cx(controls.field, css.gap)} id="own-name" name="name" maxLength={200} />
        <label class={css.label} for="own-email">
          {t("panel.login.email")}
        </label>
        <input
          class={cx(controls.field, css.gap)}
          id="own-email"
          name="email"
          type="email"
          autocomplete="username"
        />
        <NewPassword email={me.email} />
        <Said outcome={outcome.value} words={words.value} />
        <button class={cx(controls.button, controls.main)} type="submit">
          {t("panel.account.save")}
        </button>
      </form>
    </section>
  );
}
