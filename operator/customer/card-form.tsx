import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { problem } from "../ui/problem.ts";
import type { Card, Field } from "./card.ts";
import css from "./customer-card.module.css";

const PLAIN = [
  { name: "name", label: "panel.customer.name", inputMode: "text" },
  { name: "email", label: "panel.card.email", inputMode: "email" },
  { name: "phone", label: "panel.card.phone", inputMode: "tel" },
  { name: "company", label: "panel.customer.company", inputMode: "text" },
] as const;

/** What is written on the card. */
export function CardForm({ card: { editor } }: { card: Card }) {
  const told = editor.draft.value;
  const refused = editor.problem.value;
  const wrong = (name: string) =>
    refused?.field === name
      ? t(`panel.customer.wrong_${name === "email" ? "email" : "phone"}`)
      : "";
  return (
    <form
      class={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void editor.save();
      }}
    >
      {PLAIN.map(({ name, label, inputMode }) => (
        <Line key={name} label={t(label)} problem={wrong(name)}>
          {(id) => (
            <input
              id={id}
              class={controls.field}
              inputMode={inputMode}
              autocomplete="off"
              maxLength={200}
              dir="auto"
              aria-invalid={refused?.field === name}
              value={told[name]}
              onInput={({ currentTarget: { value } }) => editor.set({ [name]: value })}
            />
          )}
        </Line>
      ))}
      <Line label={t("panel.customer.note")}>
        {(id) => (
          <textarea
            id={id}
            class={cx(controls.field, css.text)}
            rows={3}
            maxLength={10_000}
            dir="auto"
            value={told.note}
            onInput={({ currentTarget: { value } }) => editor.set({ note: value })}
          />
        )}
      </Line>
      <Fields fields={told.fields} write={(fields) => editor.set({ fields })} />
      <footer class={css.foot}>
        <p role="status">
          {editor.justSaved.value && t("panel.account.saved")}
          {refused !== null && wrong(refused.field ?? "") === "" && problem(refused.code)}
        </p>
        <button
          class={cx(controls.button, controls.main)}
          type="submit"
          disabled={editor.busy.value || editor.changed.value.length === 0}
        >
          {t("panel.account.save")}
        </button>
      </footer>
    </form>
  );
}

interface LineProps {
  label: string;
  problem?: string;
  children: (id: string) => ComponentChildren;
}

function Line({ label, problem: words, children }: LineProps) {
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <div>
        {children(id)}
        <p class={css.wrong} role="alert">
          {words}
        </p>
      </div>
    </>
  );
}

interface FieldsProps {
  fields: readonly Field[];
  write(fields: readonly Field[]): void;
}

/** Whatever else is worth knowing, under a name of one's own. */
function Fields({ fields, write }: FieldsProps) {
  const change = (at: number, part: Partial<Field>) =>
    write(fields.map((field, index) => (index === at ? { ...field, ...part } : field)));
  return (
    <>
      {fields.map(({ name, value }, at) => (
        <div key={at} class={css.own}>
          <input
            class={controls.field}
            maxLength={60}
            dir="auto"
            aria-label={t("panel.customer.field_name")}
            placeholder={t("panel.customer.field_name")}
            value={name}
            onInput={({ currentTarget }) => change(at, { name: currentTarget.value })}
          />
          <input
            class={controls.field}
            maxLength={1000}
            dir="auto"
            aria-label={name || t("panel.customer.field_value")}
            value={value}
            onInput={({ currentTarget }) => change(at, { value: currentTarget.value })}
          />
          <button
            class={cx(controls.button, controls.plain, controls.square)}
            type="button"
            aria-label={t("panel.customer.remove_field", { name })}
            title={t("panel.customer.remove_field", { name })}
            onClick={() => write(fields.filter((_, index) => index !== at))}
          >
            <Icon name="x" />
          </button>
        </div>
      ))}
      <button
        class={cx(controls.link, css.add)}
        type="button"
        onClick={() => write([...fields, { name: "", value: "" }])}
      >
        {t("panel.customer.add_field")}
      </button>
    </>
  );
}
