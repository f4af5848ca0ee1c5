import messageSquare from "lucide-static/icons/message-square.svg?raw";
import { palette } from "../../../browser/ui/colour.ts";
import { Icon as Picture } from "../../../browser/ui/icon.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/cx.ts";
import icons from "../../ui/icon.module.css";
import { Icon } from "../../ui/icon.tsx";
import { listed } from "../languages.ts";
import type { SitePage } from "../shapes.ts";
import type { Shown } from "./preview.tsx";
import css from "./preview-window.module.css";

const DAY = 86_400_000;

interface Props {
  page: SitePage;
  /** The built-in words, by key. */
  words: Readonly<Record<string, string>>;
  state: Shown;
}

/** Drawn as the widget draws itself; nothing in it can be used, so none of it takes the focus. */
export function PreviewWindow({ page, words, state }: Props) {
  const { look, lang } = page;
  const word = (key: string) => page.texts[key] ?? words[key] ?? "";
  const colours = Object.fromEntries(
    Object.entries(palette(look.color)).map(([name, value]) => [`--${name}`, value]),
  );
  return (
    <div
      class={cx(css.stage, css[look.scheme])}
      style={colours}
      lang={lang}
      inert
      data-testid="preview"
    >
      <div class={css.window}>
        <Header page={page} state={state} word={word} />
        <Form page={page} state={state} word={word} />
      </div>
      <Launcher page={page} word={word} state={state} />
    </div>
  );
}

type Word = (key: string) => string;

function Form({ page, state, word }: { page: SitePage; state: Shown; word: Word }) {
  const fields = fieldsFor(page, state);
  const consents = fields.filter(({ kind }) => kind === "consent");
  const others = fields.filter(({ kind }) => kind !== "consent");
  const here = state === "online";
  const opens = state === "closed" ? page.online.next_open : null;
  const message = (
    <span class={css.line}>
      <span class={css.label}>{word("widget.message")}</span>
      <span class={cx(css.input, css.message)} />
    </span>
  );
  return (
    <div class={css.body}>
      <p class={css.hello}>
        {opens === null ? word("widget.greeting") : nextAnswer(opens, page.lang, word)}
      </p>
      {!here && (
        <p class={css.hint}>{word(opens === null ? "widget.away_hint" : "widget.closed_hint")}</p>
      )}
      {!here && message}
      <div class={css.fields}>
        {others.map((field, i) => (
          <Field
            key={field.id}
            field={field}
            word={word}
            half={isHalf(field) && (isHalf(others[i - 1]) || isHalf(others[i + 1]))}
          />
        ))}
      </div>
      {here && message}
      {consents.map((field) => (
        <Consent key={field.id} field={field} word={word} />
      ))}
      <span class={css.start}>{word(here ? "widget.start" : "common.send")}</span>
    </div>
  );
}

/** In the language that is played: the panel may speak another one. */
export function nextAnswer(at: string, lang: string, word: Word, now = new Date()): string {
  const day = new Date(at);
  const ahead = Math.round((new Date(day).setHours(12) - new Date(now).setHours(12)) / DAY);
  const weekday = day.toLocaleDateString("en", { weekday: "long" }).toLowerCase();
  const near = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(ahead, "day");
  // Estonian would need the month in a case that no browser knows.
  const month = lang === "et" ? "numeric" : "long";
  const date = day.toLocaleDateString(lang, { day: "numeric", month });
  const far = ahead < 7 ? word(`widget.on_${weekday}`) : fill(word("widget.on_date"), { date });
  const time = `${day.getHours()}:${String(day.getMinutes()).padStart(2, "0")}`;
  return fill(word("widget.answers_at"), { day: ahead < 2 ? near : far, time });
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/{{(\w+)}}/g, (place, name) => values[name] ?? place);
}

function Header({ page, state, word }: { page: SitePage; state: Shown; word: Word }) {
  const { people } = page.online;
  const shown = state === "online" ? people.slice(0, 3) : [];
  const key = { online: "here", away: "away", closed: "closed_now" }[state];
  return (
    <div class={css.header}>
      {shown.length > 0 && (
        <span class={css.faces}>
          {shown.map(({ name, photo }) => (
            <Avatar key={name} name={name} photo={photo} size="small" />
          ))}
        </span>
      )}
      <span class={css.title}>
        <b>{shown.length > 0 ? listed(shown.map(({ name }) => name)) : page.name}</b>
        <small>{word(`widget.${key}`)}</small>
      </span>
      <Icon name="x" />
    </div>
  );
}

/** What is asked of somebody who has chosen nothing yet. */
export function fieldsFor(page: SitePage, state: Shown): SitePage["fields"] {
  const now = page.fields.filter(
    ({ when, topics }) =>
      topics.length === 0 &&
      (when === "always" || (when === "online" ? state === "online" : state !== "online")),
  );
  const ways = now.find(({ kind }) => kind === "reach")?.options ?? [];
  return now.filter(({ id, required }) => required || !ways.some((way) => way.id === id));
}

type Asked = SitePage["fields"][number];

/** Two short ones share a line. */
function isHalf(field: Asked | undefined): boolean {
  return field !== undefined && (field.kind === "text" || field.kind === "phone");
}

function Consent({ field: { label, policy }, word }: { field: Asked; word: Word }) {
  return (
    <span class={css.consent}>
      <i />
      <span>
        {label} {policy !== null && <u>{word("widget.policy")}</u>}
      </span>
    </span>
  );
}

function Field({ field, half, word }: { field: Asked; half: boolean; word: Word }) {
  const { kind, label, required, options } = field;
  return (
    <span class={cx(css.line, half && css.half)}>
      <span class={css.label}>
        {required ? label : fill(word("widget.optional"), { label }) || label}
      </span>
      {options.length > 0 ? (
        <span class={css.options}>
          {options.map((option) => (
            <span key={option.id}>{option.label}</span>
          ))}
        </span>
      ) : (
        <span class={cx(css.input, kind === "long_text" && css.message)} />
      )}
    </span>
  );
}

function Launcher({ page, word, state }: { page: SitePage; word: Word; state: Shown }) {
  const { look } = page;
  const greeting = page.texts["widget.greeting"];
  return (
    <div class={cx(css.corner, look.position === "left" && css.left)}>
      {greeting !== undefined && <span class={css.bubble}>{greeting}</span>}
      <span
        class={cx(css.launcher, look.photo !== null && css.photo, state === "closed" && css.off)}
        title={word("widget.launcher")}
      >
        {look.photo === null ? (
          <Picture svg={messageSquare} class={icons.large} />
        ) : (
          <img src={look.photo} alt="" />
        )}
        {look.photo !== null && state === "online" && <i class={css.here} />}
      </span>
    </div>
  );
}
