import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { LoginFrame } from "./login-frame.tsx";
import css from "./login-page.module.css";
import { missing, type Problem, problemOf } from "./login-problem.ts";
import { PasswordField } from "./password-field.tsx";
import type { Session } from "./session.ts";
import { Wait } from "./wait.tsx";

interface Props {
  session: Session;
  ended: boolean;
  forgot(): void;
}

export function LoginPage({ session, ended, forgot }: Props) {
  useEffect(() => {
    document.title = `${t("panel.login.title")} · Kell`;
  });
  return (
    <LoginFrame>
      <LoginForm session={session} ended={ended} forgot={forgot} />
    </LoginFrame>
  );
}

function LoginForm({ session, ended, forgot }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const problem = useSignal<Problem | null>(null);
  const busy = useSignal(false);

  // Fields keep their own text, so nothing typed is lost, whatever the answer.
  const text = (name: string) => String(new FormData(form.current ?? undefined).get(name) ?? "");
  const at = (name: string) => (problem.value?.field === name ? problem.value : null);

  function show(found: Problem): void {
    problem.value = found;
    const field = form.current?.elements.namedItem(found.field ?? "");
    if (field instanceof HTMLInputElement) field.focus();
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy.value || problem.value?.until !== undefined) return;
    const found = missing(text("email"), text("password"));
    if (found !== null) return show(found);
    busy.value = true;
    problem.value = null;
    const refused = await session.signIn(text("email").trim(), text("password"));
    busy.value = false;
    if (refused !== null) show(problemOf(refused, Date.now()));
  }

  const until = problem.value?.until;
  return (
    <form ref={form} class={css.form} noValidate onSubmit={submit}>
      <h1>{t("panel.login.heading")}</h1>
      <p class={css.sub}>{location.host}</p>
      {ended && (
        <p class={css.ended} role="status">
          {t("panel.login.ended")}
        </p>
      )}
      <label class={css.label} for="email">
        {t("panel.login.email")}
      </label>
      <input
        class={cx(controls.field, css.field)}
        id="email"
        name="email"
        type="email"
        autocomplete="username"
        aria-invalid={at("email") !== null}
        aria-describedby="email-problem"
      />
      <Said id="email-problem" problem={at("email")} />
      <label class={css.label} for="password">
        {t("panel.login.password")}
      </label>
      <PasswordField invalid={at("password") !== null} describedBy="password-problem" />
      <Said id="password-problem" problem={at("password")} />
      <button
        class={cx(controls.button, controls.main, css.submit)}
        type="submit"
        disabled={busy.value || until !== undefined}
      >
        {t(busy.value ? "panel.login.signing_in" : "panel.login.sign_in")}
      </button>
      <div class={css.whole} role="alert">
        {problem.value?.field === null &&
          (until === undefined ? (
            <Said problem={problem.value} />
          ) : (
            <Wait until={until} over={() => (problem.value = null)} />
          ))}
      </div>
      <button class={controls.link} type="button" onClick={forgot}>
        {t("panel.login.forgot")}
      </button>
    </form>
  );
}

function Said({ id, problem }: { id?: string; problem: Problem | null }) {
  return (
    <p class={css.problem} id={id} role={id === undefined ? undefined : "alert"}>
      {problem && (
        <>
          <Icon name="circle-alert" />
          <span>{t(problem.key, { number: problem.number ?? "" })}</span>
        </>
      )}
    </p>
  );
}
