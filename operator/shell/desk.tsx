import { useEffect } from "preact/hooks";
import { Talk } from "../conversation/talk.tsx";
import { asideOpen } from "../customer/aside-open.ts";
import { VisitorColumn } from "../customer/visitor-column.tsx";
import { InboxPane } from "../inbox/inbox-pane.tsx";
import { cx } from "../ui/cx.ts";
import { PanelContext } from "./context.ts";
import css from "./desk.module.css";
import type { Panel } from "./panel.ts";
import { Rail } from "./rail.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { useTab } from "./use-tab.ts";

/** Rail, list, conversation, visitor: as many of them side by side as the width allows. */
export function Desk({ panel }: { panel: Panel }) {
  const chat = panel.chat.value;
  const id = chat?.id;
  useShortcuts(panel);
  useTab(panel);
  // Another chat begins with the column shut.
  useEffect(() => {
    asideOpen.value = false;
  }, [id]);
  return (
    <PanelContext.Provider value={panel}>
      <div
        class={cx(css.desk, chat !== null && css.talking, chat?.visitor.value != null && css.known)}
      >
        <Rail />
        <InboxPane />
        <div class={css.talk}>
          <Talk />
          <VisitorColumn />
        </div>
      </div>
    </PanelContext.Provider>
  );
}
