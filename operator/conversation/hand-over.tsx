import { useComputed, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { newId } from "../../browser/ids.ts";
import { usePanel } from "../shell/context.ts";
import { Avatar } from "../ui/avatar.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { PresenceDot } from "../ui/presence-dot.tsx";
import { problem } from "../ui/problem.ts";
import css from "./hand-over.module.css";
import type { OpenChat } from "./open-chat.ts";
import { type Receiver, receivers } from "./receivers.ts";

/** To a colleague or to a team, with a word that only colleagues see. */
export function HandOver({ chat, close }: { chat: OpenChat; close: () => void }) {
  const { colleagues, me, teams, handOver } = usePanel();
  const text = useSignal("");
  const note = useSignal("");
  const chosen = useSignal<Receiver | null>(null);
  const failed = useSignal<string | null>(null);
  const busy = useSignal(false);
  const id = useId();
  const conversation = chat.conversation.value;
  const found = useComputed(() =>
    receivers(colleagues.all.value, {
      text: text.value,
      me: me.id,
      assignee: conversation?.assignee?.id ?? null,
      team: conversation?.team ?? "",
      speaksOfTeams: teams.value.length > 1 || colleagues.all.value.teams.length > 1,
    }),
  ).value;

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const to = chosen.value ?? (found.length === 1 ? (found[0] ?? null) : null);
    if (to === null || busy.value) return;
    busy.value = true;
    const words = note.value.trim();
    failed.value = await handOver({
      conversation: chat.id,
      ...(to.kind === "person" ? { operator: to.id } : { team: to.id }),
      ...(words !== "" && { note: words, client_id: newId() }),
    });
    busy.value = false;
    if (failed.value === null) close();
  }

  return (
    <Dialog label={t("panel.hand_over.title")} close={close}>
      <form class={css.form} onSubmit={submit}>
        <h2>{t("panel.hand_over.title")}</h2>
        <input
          class={controls.field}
          type="search"
          autocomplete="off"
          autoFocus
          value={text.value}
          aria-label={t("panel.hand_over.find")}
          placeholder={t("panel.hand_over.find")}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
        <fieldset class={css.people} aria-label={t("panel.hand_over.to")}>
          {found.map((one) => (
            <label key={one.id} class={css.person}>
              <input
                type="radio"
                name={id}
                checked={chosen.value?.id === one.id}
                onChange={() => {
                  chosen.value = one;
                }}
              />
              {one.kind === "person" ? (
                <Avatar name={one.name} photo={one.photo} size="small" />
              ) : (
                <span class={css.team}>
                  <Icon name="users" size="large" />
                </span>
              )}
              <span class={cx(css.name, controls.cut)} title={one.name}>
                {one.name}
              </span>
              {one.kind === "person" && <PresenceDot state={one.state} words />}
            </label>
          ))}
          {found.length === 0 && <p class={css.none}>{t("panel.hand_over.nobody")}</p>}
        </fieldset>
        <label class={css.note}>
          <span>
            <Icon name="lock" size="small" /> {t("panel.hand_over.note")}
          </span>
          <textarea
            rows={2}
            maxLength={10_000}
            value={note.value}
            placeholder={t("panel.composer.note_hint")}
            onInput={({ currentTarget }) => {
              note.value = currentTarget.value;
            }}
          />
        </label>
        <p class={css.failed} role="alert">
          {failed.value !== null && problem(failed.value)}
        </p>
        <footer class={css.foot}>
          <button class={controls.button} type="button" onClick={close}>
            {t("common.cancel")}
          </button>
          <button
            class={cx(controls.button, controls.main)}
            type="submit"
            disabled={busy.value || (chosen.value === null && found.length !== 1)}
          >
            {t("panel.talk.hand_over")}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
