import { useEffect } from "preact/hooks";
import { Talk } from "../conversation/talk.tsx";
import { asideOpen } from "../customer/aside-open.ts";
import { InboxPane } from "../inbox/inbox-pane.tsx";
import { cx } from "../ui/cx.ts";
import { lazy } from "../ui/lazy.tsx";
import { AreaPane } from "./areas.tsx";
import { PanelContext } from "./context.ts";
import css from "./desk.module.css";
import { Overlays } from "./overlays.tsx";
import type { Panel } from "./panel.ts";
import { Rail } from "./rail.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { useTab } from "./use-tab.ts";

const VisitorColumn = lazy(
  async () => (await import("../customer/visitor-column.tsx")).VisitorColumn,
);

/** Rail, list, conversation, visitor: as many of them side by side as the width allows. */
export function Desk({ panel }: { panel: Panel }) {
  const chat = panel.chat.value;
  const area = panel.address.area.value;
  const id = chat?.id;
  // While it loads the column has its place already: nothing jumps from chat to chat.
  const known = chat !== null && (chat.visitor.value !== null || chat.state.value === "loading");
  useShortcuts(panel);
  useTab(panel);
  // Another chat begins with the column shut.
  useEffect(() => {
    asideOpen.value = false;
  }, [id]);
  return (
    <PanelContext.Provider value={panel}>
      <div class={cx(css.desk, chat !== null && css.talking, known && css.known)}>
        <Rail />
        {area === null ? (
          <>
            <InboxPane />
            <div class={css.talk}>
              <Talk />
              {chat !== null && <VisitorColumn />}
            </div>
          </>
        ) : (
          <AreaPane key={area.name} {...area} />
        )}
        <Overlays />
      </div>
    </PanelContext.Provider>
  );
}
