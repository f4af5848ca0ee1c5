import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { usePanel } from "../../shell/context.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { Go } from "./go.tsx";
import css from "./page.module.css";

interface Props {
  title: string;
  /** What it belongs to, before the title. */
  of?: { name: string; to: string } | undefined;
  /** Where the arrow leads on a phone; the list of pages by default. */
  back?: string;
  actions?: ComponentChildren;
  /** Stands beside the forms and stays in view. */
  side?: ComponentChildren;
  /** Stays at the bottom. */
  bar?: ComponentChildren;
  children: ComponentChildren;
}

/** A pane with its title on top, sentences and forms in one column. */
export function Page({ title, of, back, actions, side, bar, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Kell`;
  }, [title]);
  return (
    <main class={css.page}>
      <header class={css.top}>
        <span class={css.back}>
          <Back to={back ?? of?.to ?? ""} />
        </span>
        <h1>
          {of !== undefined && (
            <>
              <Go to={of.to} class={css.of}>
                {of.name}
              </Go>
              <span class={css.slash} aria-hidden="true">
                /
              </span>
            </>
          )}
          <span class={controls.cut}>{title}</span>
        </h1>
        {actions}
      </header>
      <div class={css.scroll} data-scroller>
        <div class={cx(side !== undefined && css.split)}>
          <div class={css.words}>{children}</div>
          {side !== undefined && (
            <div class={css.side}>
              <div class={css.stays}>{side}</div>
            </div>
          )}
        </div>
      </div>
      {bar}
    </main>
  );
}

/** One step up; from the first page of the settings that is the inbox. */
function Back({ to }: { to: string }) {
  const { address } = usePanel();
  const name = cx(controls.button, controls.plain, controls.square);
  const inside = (
    <>
      <Icon name="chevron-left" size="large" />
      <span class={controls.unseen}>{t("panel.settings.back")}</span>
    </>
  );
  if (to !== "" || address.area.value?.path !== "") {
    return (
      <Go to={to} class={name}>
        {inside}
      </Go>
    );
  }
  return (
    <button class={name} type="button" onClick={() => address.open(null)}>
      {inside}
    </button>
  );
}

/** What stands in this place now, in words; the forms that change it follow. */
export function Lead({ children, sub }: { children: ComponentChildren; sub?: ComponentChildren }) {
  return (
    <div class={css.lead}>
      <h2>{children}</h2>
      {sub !== undefined && <p>{sub}</p>}
    </div>
  );
}
