import { t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { moved, useSortable } from "../../ui/sortable.ts";
import type { FieldSettings } from "../shapes.ts";
import { Grip } from "../ui/grip.tsx";
import { OwnIcon } from "../ui/icon.tsx";
import { freeId } from "./fields.ts";
import css from "./form-part.module.css";
import { LanguageInputs } from "./language-inputs.tsx";

type Options = FieldSettings["options"];

interface Props {
  options: Options;
  change(options: Options): void;
}

/** The answers of a choice. */
export function OptionList({ options, change }: Props) {
  const { list, grip } = useSortable(options.length, (from, to) =>
    change(moved(options, from, to)),
  );
  const ids = options.map(({ id }) => id);
  return (
    <>
      <ol ref={list}>
        {options.map((option, place) => {
          const name = t("panel.settings.form.option", { number: place + 1 });
          return (
            <li key={option.id} class={css.option}>
              <Grip name={name} {...grip(place)} />
              <LanguageInputs
                label={name}
                value={option.labels}
                change={(labels) =>
                  change(options.map((each) => (each === option ? { ...each, labels } : each)))
                }
              />
              <button
                class={cx(controls.button, controls.plain, controls.square)}
                type="button"
                aria-label={t("panel.settings.remove_named", { name })}
                onClick={() => change(options.filter((each) => each !== option))}
              >
                <Icon name="x" />
              </button>
            </li>
          );
        })}
      </ol>
      <button
        class={controls.button}
        type="button"
        onClick={() => change([...options, { id: freeId("option", ids), labels: {} }])}
      >
        <OwnIcon name="plus" />
        {t("panel.settings.form.add_option")}
      </button>
    </>
  );
}
