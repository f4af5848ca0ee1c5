import { useSignal } from "@preact/signals";
import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { Said } from "../form/row.tsx";
import { listed } from "../languages.ts";
import { Lead } from "../shell/page.tsx";
import { OwnIcon } from "../ui/icon.tsx";
import { originIn } from "./origin.ts";
import css from "./pages-part.module.css";
import type { PartProps } from "./site-page.tsx";

/** Which pages may embed the chat. */
export function PagesPart({ site, editor }: PartProps) {
  const { origins } = editor.draft.value;
  const typed = useSignal("");
  const wrong = useSignal(false);
  const seen = site.installed.origin;
  const missing = seen !== null && site.installed.state === "wrong_origin" ? seen : null;

  function add(text: string): void {
    const origin = originIn(text);
    wrong.value = origin === null;
    if (origin === null) return;
    typed.value = "";
    if (!origins.includes(origin)) editor.set({ origins: [...origins, origin] });
  }

  return (
    <>
      <Lead sub={t("panel.settings.pages.sub")}>
        {origins.length === 0
          ? t("panel.settings.pages.lead_any")
          : t("panel.settings.pages.lead", { pages: listed(origins.map(bare)) })}
      </Lead>
      <ul class={css.list}>
        {origins.map((origin, place) => (
          <li key={origin}>
            <code>{origin}</code>
            {editor.problem.value?.field === `origins.${place}` && (
              <Said problem={t("panel.settings.pages.no_origin")} />
            )}
            <button
              class={cx(controls.button, controls.plain, controls.square)}
              type="button"
              aria-label={t("panel.settings.remove_named", { name: origin })}
              onClick={() => editor.set({ origins: origins.filter((each) => each !== origin) })}
            >
              <Icon name="x" />
            </button>
          </li>
        ))}
      </ul>
      <form
        class={css.add}
        onSubmit={(event) => {
          event.preventDefault();
          add(typed.value);
        }}
      >
        <label for="origin">{t("panel.settings.pages.add")}</label>
        <span>
          <input
            id="origin"
            class={controls.field}
            inputMode="url"
            autocomplete="off"
            spellcheck={false}
            placeholder="https://shop.example"
            value={typed.value}
            aria-invalid={wrong.value}
            aria-describedby="origin-problem"
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
              wrong.value = false;
            }}
          />
          <button class={controls.button} type="submit" disabled={typed.value.trim() === ""}>
            <OwnIcon name="plus" />
            {t("panel.settings.add")}
          </button>
        </span>
        <Said
          id="origin-problem"
          problem={wrong.value ? t("panel.settings.pages.no_origin") : null}
        />
      </form>
      {missing !== null && !origins.includes(missing) && (
        <p class={css.seen}>
          {t("panel.settings.pages.seen", { origin: missing })}{" "}
          <button class={controls.link} type="button" onClick={() => add(missing)}>
            {t("panel.settings.pages.allow")}
          </button>
        </p>
      )}
    </>
  );
}

function bare(origin: string): string {
  return origin.replace(/^https:\/\//, "");
}
