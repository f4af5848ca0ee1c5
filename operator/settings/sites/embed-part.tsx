import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { sentenceTime } from "../../ui/when.ts";
import type { AdminSite } from "../shapes.ts";
import { Go } from "../shell/go.tsx";
import { Lead } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import { Code } from "../ui/code.tsx";
import css from "./embed-part.module.css";
import type { PartProps } from "./site-page.tsx";

const OFTEN = 5_000;

/** The line to paste, and whether it has been heard of. */
export function EmbedPart({ site }: PartProps) {
  const { sites } = useStore();
  const { state } = site.installed;
  // Whoever has just pasted the line waits for the answer here.
  useEffect(() => {
    if (state === "ok") return;
    const timer = setInterval(() => {
      if (!document.hidden) void sites.one(site.id).read();
    }, OFTEN);
    return () => clearInterval(timer);
  }, [state, site.id, sites]);
  return (
    <>
      <Lead sub={t("panel.settings.embed.sub")}>
        {installedSentence(site.installed, Date.now())}
      </Lead>
      <p class={controls.unseen} role="status">
        {installedSentence(site.installed, Date.now())}
      </p>
      {state === "wrong_origin" && (
        <p class={css.wrong}>
          {t("panel.settings.embed.wrong")}{" "}
          <Go to={`sites/${site.id}/pages`}>{t("panel.settings.pages.title")}</Go>
        </p>
      )}
      <Code text={site.script} label={t("panel.settings.embed.copy")} />
      <ol class={css.steps}>
        <li>{t("panel.settings.embed.step_1")}</li>
        <li>{t("panel.settings.embed.step_2")}</li>
        <li>{t("panel.settings.embed.step_3")}</li>
      </ol>
    </>
  );
}

export function installedSentence(installed: AdminSite["installed"], now: number): string {
  const { state, at, origin } = installed;
  const where = origin?.replace(/^https?:\/\//, "") ?? "";
  if (state === "never" || at === null) return t("panel.settings.embed.never");
  const when = sentenceTime(at, now);
  // Pages may keep to themselves where they are.
  if (where === "") return t("panel.settings.embed.ok_somewhere", { when });
  return state === "ok"
    ? t("panel.settings.embed.ok", { origin: where, when })
    : t("panel.settings.embed.refused", { origin: where, when });
}
