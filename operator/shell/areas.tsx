import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { t } from "../../browser/i18n.ts";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import css from "./areas.module.css";
import { usePanel } from "./context.ts";

/** What `operator/<area>/area.tsx` exports; `path` is the place within it. */
export interface AreaModule {
  Area: ComponentType<{ path: string }>;
}

// A chunk of its own for each, fetched when it is first opened.
const found = import.meta.glob<AreaModule>("../*/area.tsx");
const loaded = signal<ReadonlyMap<string, AreaModule | "failed">>(new Map());

export function hasArea(name: string): boolean {
  return `../${name}/area.tsx` in found;
}

async function load(name: string): Promise<void> {
  const keep = (what: AreaModule | "failed") => {
    loaded.value = new Map(loaded.peek()).set(name, what);
  };
  try {
    const area = await found[`../${name}/area.tsx`]?.();
    keep(area ?? "failed");
  } catch {
    keep("failed");
  }
}

/** The area that the address names, in the place of list and conversation. */
export function AreaPane({ name, path }: { name: string; path: string }) {
  const { address } = usePanel();
  const area = loaded.value.get(name);
  if (!hasArea(name)) return <Nowhere back={() => address.open(null)} />;
  if (area === undefined) {
    void load(name);
    return <main class={css.area} aria-busy="true" />;
  }
  if (area === "failed") return <Failed again={() => void load(name)} />;
  return (
    <div class={css.area}>
      <area.Area path={path} />
    </div>
  );
}

function Nowhere({ back }: { back: () => void }) {
  return (
    <main class={css.middle}>
      <Blank icon="circle-alert" title={t("panel.area.nowhere")}>
        <button class={controls.button} type="button" onClick={back}>
          {t("panel.inbox.title")}
        </button>
      </Blank>
    </main>
  );
}

function Failed({ again }: { again: () => void }) {
  return (
    <main class={css.middle}>
      <Blank icon="circle-alert" title={t("panel.area.failed")}>
        {t("panel.problem.offline")}
        <button class={controls.button} type="button" onClick={again}>
          {t("common.try_again")}
        </button>
      </Blank>
    </main>
  );
}
