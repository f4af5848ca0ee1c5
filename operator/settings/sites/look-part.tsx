import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { locale, t } from "../../../browser/i18n.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { Segments } from "../../ui/segments.tsx";
import { Group, Row } from "../form/row.tsx";
import type { LookSettings } from "../shapes.ts";
import { Lead } from "../shell/page.tsx";
import { LanguageInputs, type PerLanguage } from "./language-inputs.tsx";
import { LauncherPicture } from "./launcher-picture.tsx";
import css from "./look-part.module.css";
import { ownText, withText } from "./own-texts.ts";
import { asColour, darkerReadable, readableOn } from "./readable.ts";
import type { PartProps } from "./site-page.tsx";

const GREETING = "widget.greeting";

export function LookPart({ editor }: PartProps) {
  const settings = editor.draft.value;
  const { look } = settings;
  const change = (part: Partial<LookSettings>) => editor.set({ look: { ...look, ...part } });
  const greeting = ownText(settings.texts, GREETING);
  return (
    <>
      <Lead sub={t("panel.settings.look.sub")}>{lookSentence(look)}</Lead>
      <Colour
        value={look.color}
        refused={editor.problem.value?.field === "look.color"}
        change={(color) => change({ color })}
      />
      <Group label={t("panel.settings.look.position")}>
        <Segments
          label={t("panel.settings.look.position")}
          value={look.position}
          options={(["left", "right"] as const).map((value) => ({
            value,
            label: t(`panel.settings.look.${value}`),
          }))}
          choose={(position) => change({ position })}
        />
      </Group>
      <Group label={t("panel.settings.look.scheme")} hint={t("panel.settings.look.scheme_hint")}>
        <Segments
          label={t("panel.settings.look.scheme")}
          value={look.scheme}
          options={(["auto", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`panel.settings.look.${value}`),
          }))}
          choose={(scheme) => change({ scheme })}
        />
      </Group>
      <LauncherPicture look={look} refused={editor.problem.value?.field} change={change} />
      <Group
        label={t("panel.settings.look.greeting")}
        hint={t("panel.settings.look.greeting_hint")}
      >
        <LanguageInputs
          label={t("panel.settings.look.greeting")}
          value={greeting}
          long
          change={(texts: PerLanguage) =>
            editor.set({ texts: withText(settings.texts, GREETING, texts) })
          }
        />
      </Group>
    </>
  );
}

export function lookSentence({ position, picture, person }: LookSettings): string {
  const with_what = person !== null ? "photo" : picture !== null ? "logo" : "plain";
  return t(`panel.settings.look.lead_${with_what}_${position}`);
}

interface ColourProps {
  value: string;
  refused: boolean;
  change(colour: string): void;
}

/** Picked or typed; what can't be read on is explained at once, with a shade that can. */
function Colour({ value, refused, change }: ColourProps) {
  const typed = useSignal(value);
  useEffect(() => {
    if (asColour(typed.peek()) !== value) typed.value = value;
  }, [value, typed]);
  const read = readableOn(value);
  const figure = (contrast: number) =>
    new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, roundingMode: "floor" }).format(
      contrast,
    );
  const unreadable = !read.enough || refused;
  const darker = unreadable ? darkerReadable(value) : null;
  return (
    <Row
      label={t("panel.settings.look.color")}
      problem={
        asColour(typed.value) === null
          ? t("panel.settings.look.no_color")
          : unreadable
            ? t("panel.settings.look.unreadable", { contrast: figure(read.contrast) })
            : null
      }
      hint={
        darker === null ? (
          t(`panel.settings.look.readable_${read.words}`, { contrast: figure(read.contrast) })
        ) : (
          <button
            class={cx(controls.button, css.darker)}
            type="button"
            onClick={() => change(darker)}
          >
            <i style={{ background: darker }} />
            {t("panel.settings.look.darker", { color: darker })}
          </button>
        )
      }
    >
      {(control) => (
        <span class={css.colour}>
          <input
            class={css.well}
            type="color"
            value={value}
            aria-label={t("panel.settings.look.pick_color")}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
              change(currentTarget.value);
            }}
          />
          <input
            {...control}
            class={cx(controls.field, css.hex)}
            spellcheck={false}
            autocomplete="off"
            maxLength={7}
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
              const colour = asColour(currentTarget.value);
              if (colour !== null) change(colour);
            }}
            onBlur={() => {
              typed.value = value;
            }}
          />
        </span>
      )}
    </Row>
  );
}
