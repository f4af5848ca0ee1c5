import { useSignal } from "@preact/signals";
import { t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { usePanel } from "../../shell/context.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { problem } from "../../ui/problem.ts";
import { Row } from "../form/row.tsx";
import { Lead, Page } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import css from "./new-site-page.module.css";

/** A name is enough; all else has a sensible beginning. */
export function NewSitePage() {
  const { address } = usePanel();
  const { call, sites } = useStore();
  const name = useSignal("");
  const busy = useSignal(false);
  const said = useSignal<string | null>(null);

  async function create(event: Event): Promise<void> {
    event.preventDefault();
    if (busy.value) return;
    if (name.value.trim() === "") {
      said.value = t("panel.settings.name_missing");
      return;
    }
    busy.value = true;
    const answer = await call("site.create", { name: name.value.trim() });
    busy.value = false;
    if (refused(answer)) {
      said.value = problem(answer.error.code);
      return;
    }
    void sites.list.read();
    address.go("settings", `sites/${answer.id}`);
  }

  return (
    <Page title={t("panel.settings.new_site.title")}>
      <Lead sub={t("panel.settings.new_site.sub")}>{t("panel.settings.new_site.lead")}</Lead>
      <form noValidate onSubmit={create}>
        <Row
          label={t("panel.settings.name")}
          hint={t("panel.settings.name_hint")}
          problem={said.value}
        >
          {(control) => (
            <input
              {...control}
              class={controls.field}
              maxLength={100}
              autocomplete="off"
              value={name.value}
              onInput={({ currentTarget }) => {
                name.value = currentTarget.value;
                said.value = null;
              }}
            />
          )}
        </Row>
        <div class={css.send}>
          <button class={cx(controls.button, controls.main)} type="submit" disabled={busy.value}>
            {t("panel.settings.new_site.create")}
          </button>
        </div>
      </form>
    </Page>
  );
}
