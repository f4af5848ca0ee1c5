import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Key, t } from "../../browser/i18n.ts";
import type { LinkAbout } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { problem } from "../ui/problem.ts";
import { ask } from "./api.ts";
import type { GuestPlace } from "./guest-place.ts";
import { LoginFrame } from "./login-frame.tsx";
import css from "./login-page.module.css";
import { NewPassword, passwordProblem } from "./new-password.tsx";
import type { Session } from "./session.ts";

interface Props {
  place: GuestPlace;
  session: Session;
  leave(): void;
}

/** For who has no password, or no longer knows it. */
export function GuestPages({ place, session, leave }: Props) {
  return (
    <LoginFrame>
      {place.is === "link" ? (
        <LinkForm link={place.link} session={session} leave={leave} />
      ) : (
        <ForgotForm leave={leave} />
      )}
    </LoginFrame>
  );
}

function ForgotForm({ leave }: { leave: () => void }) {
  const email = useRef<HTMLInputElement>(null);
  const sent = useSignal(false);
  const failed = useSignal<string | null>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await ask("POST", "/api/operator/forgot", { email: email.current?.value });
    failed.value = refused(answer) ? answer.error.code : null;
    sent.value = !refused(answer);
  }

  return (
    <form class={css.form} noValidate onSubmit={submit}>
      <h1>{t("panel.forgot.title")}</h1>
      <p class={css.sub}>{t(sent.value ? "panel.forgot.sent" : "panel.forgot.text")}</p>
      {!sent.value && (
        <>
          <label class={css.label} for="email">
            {t("panel.login.email")}
          </label>
          <input
            ref={email}
            class={cx(controls.field, css.field)}
            id="email"
            type="email"
            autocomplete="username"
          />
          <Failed text={failed.value === null ? null : wordsFor(failed.value)} />
          <button class={cx(controls.button, controls.main, css.submit)} type="submit">
            {t("panel.forgot.send")}
          </button>
        </>
      )}
      <Back leave={leave} />
    </form>
  );
}

function LinkForm({ link, session, leave }: { link: string; session: Session; leave: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const about = useSignal<LinkAbout | null>(null);
  const failed = useSignal<string | null>(null);
  const busy = useSignal(false);

  useEffect(() => {
    void ask<LinkAbout>("POST", "/api/operator/link", { link }).then((answer) => {
      if (refused(answer)) failed.value = wordsFor(answer.error.code);
      else about.value = answer;
    });
  }, [link, about, failed]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const data = new FormData(form.current ?? undefined);
    const password = String(data.get("new") ?? "");
    failed.value = passwordProblem(password);
    if (failed.value !== null || busy.value) return;
    busy.value = true;
    const name = String(data.get("name") ?? "").trim();
    const refusal = await session.enter("/api/operator/link/use", {
      link,
      password,
      ...(name !== "" && { name }),
    });
    busy.value = false;
    if (refusal === null) leave();
    else failed.value = wordsFor(refusal.error.code);
  }

  const known = about.value;
  if (known === null) {
    return (
      <div class={css.form}>
        {failed.value !== null && (
          <>
            <h1>{t("panel.link.over")}</h1>
            <p class={css.sub}>{failed.value}</p>
            <Back leave={leave} />
          </>
        )}
      </div>
    );
  }
  const invited = known.kind === "invitation";
  return (
    <form ref={form} class={css.form} noValidate onSubmit={submit}>
      <h1>{t(invited ? "panel.link.welcome" : "panel.link.reset")}</h1>
      <p class={css.sub}>{known.email}</p>
      {invited && (
        <>
          <label class={css.label} for="name">
            {t("panel.account.name")}
          </label>
          <input
            class={cx(controls.field, css.field, css.spaced)}
            id="name"
            name="name"
            autocomplete="name"
            maxLength={200}
            defaultValue={known.name}
          />
        </>
      )}
      <NewPassword email={known.email} />
      <Failed text={failed.value} />
      <button
        class={cx(controls.button, controls.main, css.submit)}
        type="submit"
        disabled={busy.value}
      >
        {t(invited ? "panel.link.begin" : "panel.link.save")}
      </button>
    </form>
  );
}

const WORDS: Record<string, Key> = {
  link_expired: "panel.link.expired",
  invalid: "panel.login.email_wrong",
  rate_limited: "panel.problem.rate_limited",
};

function wordsFor(code: string): string {
  const key = WORDS[code];
  return key === undefined ? problem(code) : t(key);
}

function Failed({ text }: { text: string | null }) {
  return (
    <p class={css.problem} role="alert">
      {text !== null && (
        <>
          <Icon name="circle-alert" />
          <span>{text}</span>
        </>
      )}
    </p>
  );
}

function Back({ leave }: { leave: () => void }) {
  return (
    <p class={css.whole}>
      <button class={controls.link} type="button" onClick={leave}>
        {t("panel.forgot.back")}
      </button>
    </p>
  );
}
