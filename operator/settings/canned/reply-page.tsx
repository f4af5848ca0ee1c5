import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import { usePanel } from "../../shell/context.ts";
import { Blank } from "../../ui/blank.tsx";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { problem } from "../../ui/problem.ts";
import { Segments } from "../../ui/segments.tsx";
import { Group, Row, Said } from "../form/row.tsx";
import { SaveBar } from "../form/save-bar.tsx";
import { Select } from "../form/select.tsx";
import type { Canned } from "../shapes.ts";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { draftOf, type ReplyDraft } from "./replies.ts";
import css from "./reply-page.module.css";
import { useColleagues } from "./team-names.ts";

const VARIABLES = ["visitor.name", "visitor.email", "operator.name", "site.name"] as const;
const FRESH: ReplyDraft = { scope: "own", team: null, shortcut: "", text: "" };

/** `id` is null for one that is being written. */
export function ReplyPage({ id }: { id: string | null }) {
  const { replies } = useStore();
  useEffect(() => {
    void replies.list.read();
  }, [replies]);
  if (id === null) return <Reply id="new" reply={null} />;
  const reply = replies.list.value()?.replies.find((each) => each.id === id);
  if (reply !== undefined) return <Reply id={id} reply={reply} />;
  return (
    <Page title={t("panel.settings.canned.one")} of={PARENT()}>
      <When of={replies.list}>
        {() => <Blank icon="circle-alert" title={t("panel.area.nowhere")} />}
      </When>
    </Page>
  );
}

const PARENT = () => ({ name: t("panel.settings.canned.title"), to: "canned" });

function Reply({ id, reply }: { id: string; reply: Canned | null }) {
  const { address, me } = usePanel();
  const { replies } = useStore();
  const loaded = useColleagues();
  const colleagues = loaded.value();
  const editor = replies.editor(id, reply === null ? FRESH : draftOf(reply), (made) =>
    address.go("settings", `canned/${made}`),
  );
  const draft = editor.draft.value;
  const refused = editor.problem.value;
  const fixed = reply !== null && !reply.may_edit;
  if (colleagues === null) {
    return (
      <Page title={t("panel.settings.canned.one")} of={PARENT()}>
        <When of={loaded}>{() => null}</When>
      </Page>
    );
  }
  const senior = me.role !== "operator";
  const teams = colleagues.teams.filter(
    ({ id: team }) =>
      senior || colleagues.people.find((each) => each.id === me.id)?.teams.includes(team),
  );
  // With one team, its replies are everybody's: two words for one thing would only confuse.
  const scopes = (["own", "team", "all"] as const).filter(
    (scope) =>
      scope === draft.scope ||
      scope === "own" ||
      (scope === "team" ? colleagues.teams.length > 1 || !senior : senior),
  );
  return (
    <Page
      title={reply === null ? t("panel.settings.canned.new") : `/${reply.shortcut}`}
      of={PARENT()}
      bar={!fixed && <SaveBar editor={editor} named={partName} />}
    >
      <Lead sub={t("panel.settings.canned.how")}>
        {fixed ? t("panel.settings.canned.fixed") : t(`panel.settings.canned.is_${draft.scope}`)}
      </Lead>
      <Group label={t("panel.settings.canned.scope")}>
        {fixed ? (
          <p>{t(`panel.settings.canned.for_${reply.scope}` as Key)}</p>
        ) : (
          <Segments
            label={t("panel.settings.canned.scope")}
            value={draft.scope}
            options={scopes.map((value) => ({
              value,
              label: t(`panel.settings.canned.for_${value}`),
            }))}
            choose={(scope) =>
              editor.set({
                scope,
                team: scope === "team" ? (draft.team ?? teams[0]?.id ?? null) : null,
              })
            }
          />
        )}
        {draft.scope === "team" && teams.length > 1 && !fixed && (
          <div class={css.team}>
            <Select
              narrow
              label={t("panel.settings.canned.team")}
              value={draft.team ?? ""}
              options={teams.map(({ id: value, name: label }) => ({ value, label }))}
              choose={(team) => editor.set({ team })}
            />
          </div>
        )}
      </Group>
      <Row
        label={t("panel.settings.canned.shortcut")}
        hint={t("panel.settings.canned.shortcut_hint")}
        problem={refused?.field === "shortcut" ? shortcutProblem(refused.code) : null}
      >
        {(control) => (
          <span class={css.shortcut}>
            <span aria-hidden="true">/</span>
            <input
              {...control}
              class={controls.field}
              maxLength={50}
              autocomplete="off"
              spellcheck={false}
              disabled={fixed}
              value={draft.shortcut}
              onInput={({ currentTarget }) =>
                editor.set({ shortcut: currentTarget.value.replace(/^\/+/, "") })
              }
            />
          </span>
        )}
      </Row>
      <Text
        value={draft.text}
        fixed={fixed}
        problem={refused?.field === "text" ? t("panel.settings.canned.text_missing") : null}
        change={(text) => editor.set({ text })}
      />
      {reply !== null && !fixed && <Remove reply={reply} />}
    </Page>
  );
}

function partName(part: keyof ReplyDraft): string {
  const names: Record<keyof ReplyDraft, Key> = {
    scope: "panel.settings.canned.scope",
    team: "panel.settings.canned.team",
    shortcut: "panel.settings.canned.shortcut",
    text: "panel.settings.canned.text",
  };
  return t(names[part]);
}

function shortcutProblem(code: string): string {
  if (code === "shortcut_taken") return t("panel.settings.canned.shortcut_taken");
  if (code === "missing") return t("panel.settings.canned.shortcut_missing");
  return t("panel.settings.canned.shortcut_wrong");
}

interface TextProps {
  value: string;
  fixed: boolean;
  problem: string | null;
  change(text: string): void;
}

function Text({ value, fixed, problem: said, change }: TextProps) {
  const field = useRef<HTMLTextAreaElement>(null);

  /** Where the cursor stands, so that one can write on. */
  function insert(variable: string): void {
    const area = field.current;
    const [from, to] = [area?.selectionStart ?? value.length, area?.selectionEnd ?? value.length];
    const word = `{${variable}}`;
    change(value.slice(0, from) + word + value.slice(to));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + word.length, from + word.length);
    });
  }

  return (
    <Row
      label={t("panel.settings.canned.text")}
      hint={t("panel.settings.canned.variables_hint")}
      problem={said}
    >
      {(control) => (
        <>
          <textarea
            {...control}
            ref={field}
            class={cx(controls.field, css.text)}
            rows={6}
            maxLength={4000}
            readOnly={fixed}
            value={value}
            onInput={({ currentTarget }) => change(currentTarget.value)}
          />
          {!fixed && (
            <span class={css.variables}>
              {VARIABLES.map((variable) => (
                <button
                  key={variable}
                  class={css.variable}
                  type="button"
                  onClick={() => insert(variable)}
                >
                  {t(`panel.settings.canned.variable.${variable}`)}
                </button>
              ))}
            </span>
          )}
        </>
      )}
    </Row>
  );
}

/** At once: the list offers to bring it back. */
function Remove({ reply }: { reply: Canned }) {
  const { address } = usePanel();
  const { replies } = useStore();
  const said = useSignal<string | null>(null);
  return (
    <div class={css.remove}>
      <button
        class={controls.button}
        type="button"
        onClick={async () => {
          const code = await replies.remove(reply);
          if (code === null) address.go("settings", "canned");
          else said.value = problem(code);
        }}
      >
        {t("panel.settings.canned.remove")}
      </button>
      <Said problem={said.value} />
    </div>
  );
}
