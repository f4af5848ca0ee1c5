import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { peopleSentence } from "../people/people-page.tsx";
import type { SiteList } from "../shapes.ts";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { installedSentence } from "../sites/embed-part.tsx";
import { useStore } from "../store.ts";
import { SentenceLine } from "../ui/sentence-line.tsx";
import { useMailState } from "./mail-state.ts";

/** In what state the installation is, in sentences; each leads to where something can be done. */
export function HomePage() {
  const { sites, people } = useStore();
  const mail = useMailState();
  useEffect(() => {
    void people.list.read();
  }, [people]);
  return (
    <Page title={t("panel.settings.home.title")}>
      <When of={sites.list}>
        {({ sites: all }) => (
          <>
            <Lead>{sitesSentence(all)}</Lead>
            <ul>
              {all.map(({ id, name, installed }) => (
                <SentenceLine
                  key={id}
                  to={installed.state === "ok" ? `sites/${id}` : `sites/${id}/embed`}
                  name={name}
                >
                  {installedSentence(installed, Date.now())}
                </SentenceLine>
              ))}
              <SentenceLine to="people" name={t("panel.settings.people.title")}>
                {people.list.value() !== null && peopleSentence(people.list.value()?.people ?? [])}
              </SentenceLine>
              <SentenceLine to="mails" name={t("panel.settings.mails.title")}>
                {mail !== null &&
                  t(mail ? "panel.settings.mails.lead" : "panel.settings.mails.lead_off")}
              </SentenceLine>
            </ul>
          </>
        )}
      </When>
    </Page>
  );
}

export function sitesSentence(all: SiteList["sites"]): string {
  const installed = all.filter(({ installed: { state } }) => state === "ok").length;
  if (installed === 0) return t("panel.settings.home.none_installed");
  if (all.length === 1) return t("panel.settings.home.only_installed");
  if (installed === all.length)
    return t("panel.settings.home.all_installed", { count: all.length });
  return t("panel.settings.home.some_installed", { installed, count: all.length });
}
