import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import css from "./composer.module.css";
import type { OpenChat } from "./open-chat.ts";
import { writingWish } from "./writing-wish.ts";

interface Props {
  chat: OpenChat;
  mode: "reply" | "note";
  closed: boolean;
}

/** Whom the text is for. */
export function Modes({ chat, mode, closed }: Props) {
  const { drafts } = usePanel();
  const choose = (next: "reply" | "note") => {
    drafts.write(chat.id, { mode: next });
    writingWish.value = "any";
  };
  return (
    <fieldset class={css.modes} aria-label={t("panel.composer.label")}>
      {!closed && (
        <button type="button" aria-pressed={mode === "reply"} onClick={() => choose("reply")}>
          {t("panel.composer.reply")}
        </button>
      )}
      <button type="button" aria-pressed={mode === "note"} onClick={() => choose("note")}>
        {t("panel.composer.note")}
      </button>
    </fieldset>
  );
}
