import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { Switch } from "../../ui/switch.tsx";
import { listed } from "../languages.ts";
import { Lead } from "../shell/page.tsx";
import { useStore } from "../store.ts";
import type { PartProps } from "./site-page.tsx";

/** What visitors learn of who answers, and how soon. */
export function ShownPart({ editor }: PartProps) {
  const { people } = useStore();
  const { show_people, show_reply_time } = editor.draft.value;
  useEffect(() => {
    void people.list.read();
  }, [people]);
  const online = (people.list.value()?.people ?? []).filter(({ state }) => state === "online");
  const names = listed(online.map(({ name }) => name));
  return (
    <>
      <Lead sub={t("panel.settings.shown.sub")}>
        {!show_people
          ? t("panel.settings.shown.lead_hidden")
          : names === ""
            ? t("panel.settings.shown.lead_nobody")
            : t("panel.settings.shown.lead", { names })}
      </Lead>
      <Switch
        label={t("panel.settings.shown.people")}
        hint={t("panel.settings.shown.people_hint")}
        on={show_people}
        turn={(on) => editor.set({ show_people: on })}
      />
      <Switch
        label={t("panel.settings.shown.time")}
        hint={t("panel.settings.shown.time_hint")}
        on={show_reply_time}
        turn={(on) => editor.set({ show_reply_time: on })}
      />
    </>
  );
}
