import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import type { Editor } from "../form/editor.ts";
import { SaveBar } from "../form/save-bar.tsx";
import type { AdminSite, SiteSettings } from "../shapes.ts";
import { Page } from "../shell/page.tsx";
import type { Section } from "../shell/places.ts";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { EmbedPart } from "./embed-part.tsx";
import { FormPart } from "./form-part.tsx";
import { HoursPart } from "./hours-part.tsx";
import { IdentityPart } from "./identity-part.tsx";
import { LookPart } from "./look-part.tsx";
import { PagesPart } from "./pages-part.tsx";
import { Preview } from "./preview.tsx";
import { ShownPart } from "./shown-part.tsx";
import { SiteOverview } from "./site-overview.tsx";
import type { OneSite } from "./sites.ts";
import { TextsPart } from "./texts-part.tsx";
import { TopicsPart } from "./topics-part.tsx";

export interface PartProps {
  site: AdminSite;
  editor: Editor<SiteSettings>;
}

const PARTS: Record<Section, { Part: ComponentType<PartProps>; preview?: true; saved?: false }> = {
  look: { Part: LookPart, preview: true },
  texts: { Part: TextsPart, preview: true },
  form: { Part: FormPart, preview: true },
  hours: { Part: HoursPart, preview: true },
  topics: { Part: TopicsPart },
  shown: { Part: ShownPart, preview: true },
  pages: { Part: PagesPart },
  identity: { Part: IdentityPart, saved: false },
  embed: { Part: EmbedPart, saved: false },
};

export function SitePage({ id, section }: { id: string; section: Section | null }) {
  const { sites } = useStore();
  const one = sites.one(id);
  useEffect(() => {
    void one.read();
    void sites.choices.read();
  }, [one, sites]);
  return section === null ? (
    <Overview id={id} one={one} />
  ) : (
    <SectionPage id={id} one={one} section={section} />
  );
}

function Overview({ id, one }: { id: string; one: OneSite }) {
  const name = one.editor.value?.draft.value.name;
  return (
    <Page title={name ?? t("panel.settings.site")} bar={<Bar one={one} />}>
      <When of={one.loaded}>
        {(site) =>
          one.editor.value && <SiteOverview site={site} editor={one.editor.value} id={id} />
        }
      </When>
    </Page>
  );
}

interface SectionProps {
  id: string;
  one: OneSite;
  section: Section;
}

function SectionPage({ id, one, section }: SectionProps) {
  const { Part, preview, saved } = PARTS[section];
  const editor = one.editor.value;
  return (
    <Page
      title={t(`panel.settings.${section}.title` as Key)}
      of={{ name: editor?.draft.value.name ?? t("panel.settings.site"), to: `sites/${id}` }}
      side={preview && editor !== null ? <Preview id={id} editor={editor} /> : undefined}
      bar={saved !== false && <Bar one={one} />}
    >
      <When of={one.loaded}>{(site) => editor && <Part site={site} editor={editor} />}</When>
    </Page>
  );
}

function Bar({ one }: { one: OneSite }) {
  const editor = one.editor.value;
  return (
    editor && (
      <SaveBar
        editor={editor}
        named={partName}
        consequence={t("panel.settings.site_saved_at_once")}
      />
    )
  );
}

const OF: Record<keyof SiteSettings, Key> = {
  name: "panel.settings.name",
  language: "panel.settings.language",
  team: "panel.settings.topics.title",
  look: "panel.settings.look.title",
  texts: "panel.settings.texts.title",
  fields: "panel.settings.form.title",
  topics: "panel.settings.topics.title",
  hours: "panel.settings.hours.title",
  origins: "panel.settings.pages.title",
  show_people: "panel.settings.shown.title",
  show_reply_time: "panel.settings.shown.title",
  phone_country: "panel.settings.form.title",
};

export function partName(part: keyof SiteSettings): string {
  return t(OF[part]);
}
