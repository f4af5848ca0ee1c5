import { useEffect } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { problem } from "../../ui/problem.ts";
import type { Editor } from "./editor.ts";
import css from "./save-bar.module.css";

interface Props<T extends object> {
  editor: Editor<T>;
  /** What a part is called, in the sentence about somebody else's changes. */
  named(part: keyof T): string;
  /** Says more than "3 changes, not saved". */
  consequence?: string | undefined;
  label?: Key;
}

/** What is not saved yet, and the two ways out; Ctrl+S saves. */
export function SaveBar<T extends object>({ editor, named, consequence, label }: Props<T>) {
  const count = editor.changed.value.length;
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      const save = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
      if (!save || event.altKey || event.shiftKey) return;
      event.preventDefault();
      void editor.save();
    }
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [editor]);

  return (
    <footer class={css.bar}>
      <div class={css.said} role="status">
        <Said editor={editor} named={named} consequence={consequence} />
      </div>
      {count === 0 && editor.dropped.value && (
        <button class={controls.button} type="button" onClick={editor.bringBack}>
          {t("panel.settings.bring_back")}
        </button>
      )}
      {count > 0 && (
        <>
          <button
            class={controls.button}
            type="button"
            disabled={editor.busy.value}
            onClick={editor.drop}
          >
            {t("panel.settings.undo")}
          </button>
          <button
            class={cx(controls.button, controls.main)}
            type="button"
            disabled={editor.busy.value}
            onClick={() => void editor.save()}
          >
            {editor.busy.value ? t("panel.settings.saving") : t(label ?? "panel.settings.save")}
          </button>
        </>
      )}
    </footer>
  );
}

function Said<T extends object>({ editor, named, consequence }: Omit<Props<T>, "label">) {
  const count = editor.changed.value.length;
  const refused = editor.problem.value;
  const theirs = editor.theirs.value;
  if (refused !== null) {
    return (
      <p class={css.bad}>
        <Icon name="circle-alert" />
        {refused.code === "invalid" ? t("panel.settings.look_over") : problem(refused.code)}
      </p>
    );
  }
  if (theirs.length > 0) {
    return (
      <p class={css.warn}>
        <Icon name="circle-alert" />
        {t("panel.settings.conflict", { parts: theirs.map(named).join(", ") })}
      </p>
    );
  }
  if (count > 0) {
    return (
      <p>
        {t("panel.settings.unsaved", { count })} {consequence}
      </p>
    );
  }
  if (editor.dropped.value) return <p>{t("panel.settings.dropped")}</p>;
  if (editor.justSaved.value) {
    return (
      <p class={css.ok}>
        <Icon name="check" />
        {t("panel.settings.saved")}
      </p>
    );
  }
  return null;
}
