import { useSignal } from "@preact/signals";
import { t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { problem } from "../../ui/problem.ts";
import { Segments } from "../../ui/segments.tsx";
import { Said } from "../form/row.tsx";
import { Lead } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import { Code } from "../ui/code.tsx";
import { EXAMPLES, type Example, example } from "./identity-examples.ts";
import css from "./identity-part.module.css";
import type { PartProps } from "./site-page.tsx";

/** The secret by which the site's own server vouches for who somebody is. */
export function IdentityPart({ site }: PartProps) {
  const { call, sites } = useStore();
  const secret = useSignal<string | null>(null);
  const sure = useSignal(false);
  const busy = useSignal(false);
  const said = useSignal<string | null>(null);
  const kind = useSignal<Example>("python");

  async function ask(renew: boolean): Promise<void> {
    busy.value = true;
    const answer = await call("site.secret", { site: site.id, renew });
    busy.value = false;
    said.value = refused(answer) ? problem(answer.error.code) : null;
    if (refused(answer)) return;
    secret.value = answer.secret;
    sure.value = false;
    if (!site.secret || renew) void sites.one(site.id).read();
  }

  return (
    <>
      <Lead sub={t("panel.settings.identity.sub")}>
        {t(site.secret ? "panel.settings.identity.lead" : "panel.settings.identity.lead_none")}
      </Lead>
      {secret.value !== null && (
        <div class={css.secret}>
          <Code text={secret.value} label={t("panel.settings.identity.copy")} />
          <p>{t("panel.settings.identity.keep")}</p>
        </div>
      )}
      <div class={css.do}>
        {secret.value === null && (
          <button
            class={cx(controls.button, !site.secret && controls.main)}
            type="button"
            disabled={busy.value}
            onClick={() => void ask(!site.secret)}
          >
            {t(site.secret ? "panel.settings.identity.show" : "panel.settings.identity.make")}
          </button>
        )}
        {site.secret && !sure.value && (
          <button
            class={controls.button}
            type="button"
            onClick={() => {
              sure.value = true;
            }}
          >
            {t("panel.settings.identity.renew")}
          </button>
        )}
        {sure.value && (
          <p class={css.sure} role="alert">
            {t("panel.settings.identity.renew_sure")}{" "}
            <button
              class={controls.button}
              type="button"
              disabled={busy.value}
              onClick={() => void ask(true)}
            >
              {t("panel.settings.identity.renew")}
            </button>
            <button
              class={cx(controls.button, controls.plain)}
              type="button"
              onClick={() => {
                sure.value = false;
              }}
            >
              {t("panel.settings.keep")}
            </button>
          </p>
        )}
        <Said problem={said.value} />
      </div>
      <h3 class={css.title}>{t("panel.settings.identity.example")}</h3>
      <Segments<Example>
        label={t("panel.settings.identity.example")}
        value={kind.value}
        options={EXAMPLES}
        choose={(next) => {
          kind.value = next;
        }}
      />
      <div class={css.code}>
        <Code
          text={example(kind.value, site.key)}
          label={t("panel.settings.identity.copy_example")}
        />
      </div>
      <h3 class={css.title}>{t("panel.settings.identity.page")}</h3>
      <Code
        text={'Kell("identify", { token });'}
        label={t("panel.settings.identity.copy_example")}
      />
    </>
  );
}
