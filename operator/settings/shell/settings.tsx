import { t } from "../../../browser/i18n.ts";
import { usePanel } from "../../shell/context.ts";
import { Blank } from "../../ui/blank.tsx";
import { cx } from "../../ui/cx.ts";
import { CannedPage } from "../canned/canned-page.tsx";
import { ReplyPage } from "../canned/reply-page.tsx";
import { HomePage } from "../home/home-page.tsx";
import { AuditPage } from "../logs/audit-page.tsx";
import { MailsPage } from "../logs/mails-page.tsx";
import { InvitePage } from "../people/invite-page.tsx";
import { PeoplePage } from "../people/people-page.tsx";
import { PersonPage } from "../people/person-page.tsx";
import { TeamPage } from "../people/team-page.tsx";
import { TeamsPage } from "../people/teams-page.tsx";
import { NewSitePage } from "../sites/new-site-page.tsx";
import { SitePage } from "../sites/site-page.tsx";
import { useUnsavedGuard } from "../store.ts";
import { Nav } from "./nav.tsx";
import { Page } from "./page.tsx";
import { type Place, placeOf } from "./places.ts";
import css from "./settings.module.css";

/** The list of pages and one of them; on a phone one at a time. */
export function Settings({ path }: { path: string }) {
  const { me } = usePanel();
  const place = placeOf(path);
  const admin = me.role === "admin";
  useUnsavedGuard();
  return (
    <div class={cx(css.settings, path === "" && admin && css.home)}>
      <Nav place={place} admin={admin} />
      <Shown place={place} admin={admin} />
    </div>
  );
}

function Shown({ place, admin }: { place: Place | null; admin: boolean }) {
  if (place?.is === "reply") return <ReplyPage key={place.reply} id={place.reply} />;
  // Whoever is no admin has one page here.
  if (place?.is === "canned" || (place?.is === "home" && !admin)) return <CannedPage />;
  if (place === null || !admin) return <Nowhere />;
  switch (place.is) {
    case "home":
      return <HomePage />;
    case "new-site":
      return <NewSitePage />;
    case "site":
      return <SitePage key={place.site} id={place.site} section={place.section} />;
    case "people":
      return <PeoplePage />;
    case "invite":
      return <InvitePage />;
    case "person":
      return <PersonPage key={place.person} id={place.person} />;
    case "teams":
      return <TeamsPage />;
    case "team":
      return <TeamPage key={place.team} id={place.team} />;
    case "audit":
      return <AuditPage />;
    case "mails":
      return <MailsPage />;
  }
}

function Nowhere() {
  return (
    <Page title={t("panel.settings.title")}>
      <Blank icon="circle-alert" title={t("panel.area.nowhere")} />
    </Page>
  );
}
