import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import { Banner } from "../../ui/banner.tsx";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { problem } from "../../ui/problem.ts";
import type { Canned } from "../shapes.ts";
import { Go } from "../shell/go.tsx";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { OwnIcon } from "../ui/icon.tsx";
import { SearchField } from "../ui/search-field.tsx";
import css from "./canned-page.module.css";
import { found } from "./replies.ts";
import { useTeamNames } from "./team-names.ts";

const SCOPES: readonly Canned["scope"][] = ["own", "team", "all"];
/** Fewer are seen at a glance. */
const MANY = 5;

/** Answers that are written once: everybody's own, their teams', and those for all. */
export function CannedPage() {
  const { replies } = useStore();
  const words = useSignal("");
  const said = useSignal<string | null>(null);
  useEffect(() => {
    void replies.list.read();
  }, [replies]);
  const removed = replies.removed.value;

  async function bringBack(): Promise<void> {
    const code = await replies.bringBack();
    said.value = code === null ? null : problem(code);
  }

  return (
    <Page
      title={t("panel.settings.canned.title")}
      actions={
        <Go to="canned/new" class={cx(controls.button, controls.main)}>
          <OwnIcon name="plus" />
          {t("panel.settings.canned.new")}
        </Go>
      }
    >
      {removed !== null && (
        <div class={css.removed}>
          <Banner
            icon="trash"
            action={
              <button class={controls.button} type="button" onClick={() => void bringBack()}>
                {t("panel.settings.bring_back")}
              </button>
            }
          >
            {said.value ?? t("panel.settings.canned.removed", { shortcut: removed.shortcut })}
          </Banner>
        </div>
      )}
      <When of={replies.list}>
        {({ replies: all }) => (
          <>
            <Lead sub={t("panel.settings.canned.sub")}>
              {all.length === 0
                ? t("panel.settings.canned.lead_none")
                : t("panel.settings.canned.lead", { count: all.length })}
            </Lead>
            {all.length > MANY && (
              <SearchField label={t("panel.settings.canned.search")} text={words} />
            )}
            <Found shown={found(all, words.value)} any={all.length > 0} />
          </>
        )}
      </When>
    </Page>
  );
}

function Found({ shown, any }: { shown: readonly Canned[]; any: boolean }) {
  if (any && shown.length === 0) {
    return (
      <p class={css.none} role="status">
        {t("panel.settings.found_none")}
      </p>
    );
  }
  return (
    <>
      {SCOPES.map((scope) => (
        <Scope key={scope} scope={scope} replies={shown.filter((each) => each.scope === scope)} />
      ))}
    </>
  );
}

function Scope({ scope, replies }: { scope: Canned["scope"]; replies: readonly Canned[] }) {
  const teamName = useTeamNames();
  const unsaved = useStore().replies.unsaved.value;
  if (replies.length === 0) return null;
  return (
    <section>
      <h3 class={css.scope}>{t(`panel.settings.canned.of_${scope}` as Key)}</h3>
      <ul class={css.replies}>
        {replies.map((reply) => (
          <li key={reply.id}>
            <Go to={`canned/${reply.id}`} class={css.reply}>
              <b class={controls.cut}>/{reply.shortcut}</b>
              <span class={css.text} title={reply.text}>
                {reply.text}
              </span>
              {reply.scope === "team" && <span class={css.team}>{teamName(reply.team)}</span>}
              {unsaved.has(reply.id) && (
                <span class={css.unsaved}>{t("panel.settings.unsaved_mark")}</span>
              )}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  );
}
