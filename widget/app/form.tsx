import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { Store } from "../../browser/store.ts";
import type { Chat } from "./chat.ts";
import css from "./form.module.css";
import type { Asked, Fault, Faults } from "./form.ts";
import type { HostPage } from "./host-page.ts";
import { opening } from "./parts.ts";
import { createQuestionnaire, type Questionnaire } from "./questionnaire.ts";
import { answering } from "./site.ts";
import type { Writing } from "./writing.ts";

/** What the server takes. */
const LONGEST = 10_000;
/** The first message stands among the fields; no field of a site has this name. */
const MESSAGE = "";
const HALVES = ["text", "phone"];

interface Props {
  chat: Chat;
  page: HostPage;
  store: Store;
  writing: Writing;
}

/** Who asks, where to answer, and the first message, in one step. */
export function Form({ chat, page, store, writing }: Props) {
  const questions = useMemo(() => createQuestionnaire({ chat, page, store, writing }), []);
  useEffect(() => questions.close, []);
  const form = useRef<HTMLFormElement>(null);
  const Opening = opening.value?.Opening;
  const fields = questions.fields.value;
  const faults = questions.faults.value;
  const online = answering.value.state === "online";
  const consents = fields.filter(({ kind }) => kind === "consent");
  const others = fields.filter(({ kind }) => kind !== "consent");

  function send(event: Event): void {
    event.preventDefault();
    if (questions.check(writing.text.peek())) {
      chat.send(writing.text.peek().trim(), null, questions.given());
      writing.clear();
    }
  }

  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [questions.tried.value]);

  const message = (
    <Labelled id={MESSAGE} label={t("widget.message")} fault={faults[MESSAGE]}>
      {(about) => (
        <textarea
          {...about}
          rows={online ? 2 : 3}
          maxLength={LONGEST}
          value={writing.text.value}
          onInput={({ currentTarget }) => {
            writing.write(currentTarget.value);
            questions.mend(MESSAGE);
          }}
        />
      )}
    </Labelled>
  );
  const draw = (field: Asked, i: number, all: readonly Asked[]) => (
    <Field
      key={field.id}
      field={field}
      half={isHalf(field) && (isHalf(all[i - 1]) || isHalf(all[i + 1]))}
      questions={questions}
      faults={faults}
    />
  );
  return (
    <form class={css.form} ref={form} onSubmit={send} noValidate>
      {Opening && <Opening />}
      {!online && message}
      <div class={css.fields}>{others.map(draw)}</div>
      {online && message}
      {consents.map(draw)}
      <button type="submit" class={css.go}>
        {t(online ? "widget.start" : "common.send")}
      </button>
    </form>
  );
}

/** Two short ones share a line. */
function isHalf(field: Asked | undefined): boolean {
  return field !== undefined && HALVES.includes(field.kind);
}

interface FieldProps {
  field: Asked;
  half: boolean;
  questions: Questionnaire;
  faults: Faults;
}

function Field({ field, half, questions, faults }: FieldProps) {
  const { id, kind, needed } = field;
  const value = questions.answers.value[id] ?? "";
  const label = needed ? field.label : t("widget.optional", { label: field.label });
  const set = (answer: string) => questions.answer(id, answer);
  if (kind === "consent") return <Consent {...{ field, value, set }} fault={faults[id]} />;
  if (field.options.length > 0)
    return <Choice {...{ field, label, value, set }} fault={faults[id]} />;
  return (
    <Labelled id={id} label={label} fault={faults[id]} class={half ? css.half : ""}>
      {(about) =>
        kind === "long_text" ? (
          <textarea {...about} rows={2} value={value} onInput={(e) => set(e.currentTarget.value)} />
        ) : (
          <input
            {...about}
            {...TYPES[kind]}
            {...(id === "name" && { autocomplete: "name" })}
            maxLength={254}
            value={value}
            onInput={(event) => set(event.currentTarget.value)}
          />
        )
      }
    </Labelled>
  );
}

const TYPES: Partial<Record<Asked["kind"], object>> = {
  email: { type: "email", autocomplete: "email", inputmode: "email" },
  phone: { type: "tel", autocomplete: "tel", inputmode: "tel" },
};

interface About {
  id: string;
  class: string | undefined;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

function aboutOf(id: string, fault: Fault | undefined): About {
  return {
    id: `f-${id}`,
    class: css.field,
    "aria-invalid": fault !== undefined,
    "aria-describedby": fault && `why-${id}`,
  };
}

function Why({ id, fault }: { id: string; fault: Fault | undefined }) {
  return fault ? (
    <span class={css.why} id={`why-${id}`}>
      {t(`widget.fault_${fault}`)}
    </span>
  ) : null;
}

interface LabelledProps {
  id: string;
  label: string;
  fault: Fault | undefined;
  class?: string | undefined;
  children: (about: About) => ComponentChildren;
}

function Labelled({ id, label, fault, class: name = "", children }: LabelledProps) {
  return (
    <div class={`${css.line} ${name}`}>
      <label for={`f-${id}`}>{label}</label>
      {children(aboutOf(id, fault))}
      <Why id={id} fault={fault} />
    </div>
  );
}

interface One {
  field: Asked;
  value: string;
  set(answer: string): void;
  fault: Fault | undefined;
}

function Choice({ field, label, value, set, fault }: One & { label: string }) {
  const { class: _, id, ...about } = aboutOf(field.id, fault);
  return (
    <fieldset class={css.choice}>
      <legend>{label}</legend>
      <div class={css.chips}>
        {field.options.map((option) => (
          <label key={option.id}>
            <input
              {...about}
              type="radio"
              name={id}
              checked={value === option.id}
              onChange={() => set(option.id)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <Why id={field.id} fault={fault} />
    </fieldset>
  );
}

function Consent({ field, value, set, fault }: One) {
  const { class: _, ...about } = aboutOf(field.id, fault);
  const version = field.policy?.version ?? "";
  return (
    <div class={css.line}>
      <div class={css.agree}>
        <input
          {...about}
          type="checkbox"
          checked={value !== "" && value === version}
          onChange={(event) => set(event.currentTarget.checked ? version : "")}
        />
        <span>
          <label for={about.id}>{field.label}</label>{" "}
          {field.policy && (
            <a href={field.policy.url} target="_blank" rel="noopener noreferrer">
              {t("widget.policy")}
            </a>
          )}
        </span>
      </div>
      <Why id={field.id} fault={fault} />
    </div>
  );
}
