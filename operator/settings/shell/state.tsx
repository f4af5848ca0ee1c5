import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { usePanel } from "../../shell/context.ts";
import { Blank } from "../../ui/blank.tsx";
import controls from "../../ui/controls.module.css";
import { problem } from "../../ui/problem.ts";
import { useNoticed } from "../../ui/use-noticed.ts";
import type { Loaded } from "../loaded.ts";
import css from "./state.module.css";

interface Props<T> {
  of: Loaded<T>;
  children: (value: T) => ComponentChildren;
}

/** What was read, or that it is on its way, or why it didn't come. */
export function When<T>({ of, children }: Props<T>) {
  const { connection } = usePanel();
  const state = of.state.value;
  const back = connection.value === "online" && state.is === "failed" && state.code === "offline";
  useEffect(() => {
    if (back) void of.read();
  }, [back, of]);
  switch (state.is) {
    case "loading":
      return <Shapes />;
    case "failed":
      return (
        <Blank icon="circle-alert" title={t("panel.settings.failed")}>
          {problem(state.code)}
          <button class={controls.button} type="button" onClick={() => void of.read()}>
            {t("common.try_again")}
          </button>
        </Blank>
      );
    case "here":
      return <>{children(state.value)}</>;
  }
}

/** Still grey shapes, once it takes long enough to be noticed. */
export function Shapes() {
  const noticed = useNoticed();
  return (
    <div class={css.shapes} aria-busy="true">
      <span class={controls.unseen} role="status">
        {noticed && t("panel.loading")}
      </span>
      {noticed && [0, 1, 2, 3].map((row) => <i key={row} />)}
    </div>
  );
}
